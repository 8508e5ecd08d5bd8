package dev.slipway.solver;

import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.BuildEvent.Outcome;
import dev.slipway.executor.event.BuildEvent.Step;
import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.graph.StepName;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Vertex;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns what happens to vertices into progress events, one at a time. */
final class Reporter {

    private final Consumer<BuildEvent> events;
    private final Clock clock;

    Reporter(Consumer<BuildEvent> events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    synchronized void started(Vertex vertex) {
        events.accept(new BuildEvent.Started(clock.instant(), step(vertex)));
    }

    synchronized void finished(Vertex vertex, Outcome outcome) {
        events.accept(new BuildEvent.Finished(clock.instant(), step(vertex), outcome, Optional.empty()));
    }

    synchronized void failed(Vertex vertex, String message) {
        events.accept(new BuildEvent.Finished(
                clock.instant(), step(vertex), Outcome.FAILED, Optional.ofNullable(UrlCredentials.redact(message))));
    }

    private synchronized void accept(BuildEvent event) {
        events.accept(event);
    }

    StepMonitor monitor(Vertex vertex) {
        Step step = step(vertex);
        return new StepMonitor() {
            @Override
            public void log(LogStream stream, byte[] bytes) {
                accept(new BuildEvent.Log(clock.instant(), step, stream, Bytes.of(bytes)));
            }

            @Override
            public void runs(String sandbox, Optional<String> emulator) {
                accept(new BuildEvent.Placed(clock.instant(), step, sandbox, emulator));
            }

            @Override
            public void warn(String message) {
                accept(new BuildEvent.Warned(clock.instant(), step, UrlCredentials.redact(message)));
            }

            @Override
            public void progress(String part, long current, long total) {
                accept(new BuildEvent.Advanced(clock.instant(), step, part, current, total));
            }
        };
    }

    private static Step step(Vertex vertex) {
        return new Step(vertex.digest(), StepName.of(vertex));
    }
}
