package dev.slipway.solver;

import dev.slipway.executor.StepMonitor;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.graph.StepName;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Vertex;
import dev.slipway.progress.Progress;
import dev.slipway.progress.ProgressEvent;
import dev.slipway.progress.ProgressEvent.Outcome;
import dev.slipway.progress.ProgressEvent.Step;
import java.time.Clock;
import java.util.Optional;

/** Turns what happens to vertices into progress events, one at a time. */
final class Reporter {

    private static final String OUTPUTS = "[internal] writing outputs";

    private final Progress progress;
    private final Clock clock;

    Reporter(Progress progress, Clock clock) {
        this.progress = progress;
        this.clock = clock;
    }

    synchronized void started(Vertex vertex) {
        progress.accept(new ProgressEvent.Started(clock.instant(), step(vertex)));
    }

    synchronized void finished(Vertex vertex, Outcome outcome) {
        progress.accept(new ProgressEvent.Finished(clock.instant(), step(vertex), outcome, Optional.empty()));
    }

    synchronized void failed(Vertex vertex, String message) {
        progress.accept(new ProgressEvent.Finished(
                clock.instant(), step(vertex), Outcome.FAILED, Optional.ofNullable(UrlCredentials.redact(message))));
    }

    private synchronized void accept(ProgressEvent event) {
        progress.accept(event);
    }

    /** Hears what is to be said of the outputs, which no vertex makes. */
    StepMonitor outputs() {
        Step step = new Step(Digest.sha256(OUTPUTS), OUTPUTS);
        return new StepMonitor() {
            @Override
            public void warn(String message) {
                accept(new ProgressEvent.Warned(clock.instant(), step, UrlCredentials.redact(message)));
            }
        };
    }

    StepMonitor monitor(Vertex vertex) {
        Step step = step(vertex);
        return new StepMonitor() {
            @Override
            public void log(Stream stream, byte[] bytes) {
                accept(new ProgressEvent.Log(clock.instant(), step, stream, Bytes.of(bytes)));
            }

            @Override
            public void runs(String sandbox, Optional<String> emulator) {
                accept(new ProgressEvent.Placed(clock.instant(), step, sandbox, emulator));
            }

            @Override
            public void warn(String message) {
                accept(new ProgressEvent.Warned(clock.instant(), step, UrlCredentials.redact(message)));
            }

            @Override
            public void progress(String part, long current, long total) {
                accept(new ProgressEvent.Advanced(clock.instant(), step, part, current, total));
            }
        };
    }

    private static Step step(Vertex vertex) {
        return new Step(vertex.digest(), StepName.of(vertex));
    }
}
