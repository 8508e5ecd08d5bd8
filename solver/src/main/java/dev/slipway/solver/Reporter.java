package dev.slipway.solver;

import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.BuildEvent.Outcome;
import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.Step;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.graph.BuildGraph;
import dev.slipway.graph.StepName;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Vertex;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Turns what happens to vertices into events, one at a time. */
final class Reporter {

    private final BuildGraph graph;
    private final String executor;
    private final Consumer<BuildEvent> events;
    private final Clock clock;
    private final Set<Digest> started = new HashSet<>();

    /** @param executor the name of who runs the steps */
    Reporter(BuildGraph graph, String executor, Consumer<BuildEvent> events, Clock clock) {
        this.graph = graph;
        this.executor = executor;
        this.events = events;
        this.clock = clock;
    }

    /** The time by the clock that gives progress its times. */
    Instant now() {
        return clock.instant();
    }

    /** A step begins once: a source may have been fetched already to find out what it is. */
    synchronized void started(Vertex vertex) {
        if (started.add(vertex.digest())) {
            events.accept(new BuildEvent.Started(clock.instant(), step(vertex)));
        }
    }

    synchronized void finished(Vertex vertex, Outcome outcome) {
        finished(vertex, outcome, Optional.empty());
    }

    /** @param reason why an earlier result could be used */
    synchronized void cached(Vertex vertex, String reason) {
        finished(vertex, Outcome.CACHED, Optional.of(reason));
    }

    synchronized void failed(Vertex vertex, String message) {
        finished(vertex, Outcome.FAILED, Optional.of(UrlCredentials.redact(message)));
    }

    private void finished(Vertex vertex, Outcome outcome, Optional<String> reason) {
        events.accept(new BuildEvent.Finished(clock.instant(), step(vertex), outcome, reason));
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
            public void progress(Activity activity, String part, long current, long total) {
                String shown = UrlCredentials.redact(part);
                started(vertex);
                accept(new BuildEvent.Advanced(clock.instant(), step, activity, shown, current, total));
            }
        };
    }

    Step step(Vertex vertex) {
        return Step.of(
                vertex.digest(),
                StepName.of(vertex),
                graph.step(vertex).platforms(),
                vertex.metadata().locations(),
                executor);
    }
}
