package dev.slipway;

import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.BuildEvent.Step;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.Digest;
import dev.slipway.progress.Progress;
import java.time.Clock;

/** Hears what is to be said of the outputs, which no vertex makes. */
final class OutputEvents implements StepMonitor {

    private static final String NAME = "[internal] writing outputs";
    private static final Step STEP = new Step(Digest.sha256(NAME), NAME);

    private final Progress progress;
    private final Clock clock;

    OutputEvents(Progress progress, Clock clock) {
        this.progress = progress;
        this.clock = clock;
    }

    @Override
    public void warn(String message) {
        progress.accept(new BuildEvent.Warned(clock.instant(), STEP, UrlCredentials.redact(message)));
    }
}
