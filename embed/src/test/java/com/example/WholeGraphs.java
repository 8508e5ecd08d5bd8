package com.example;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.GraphExecutor;
import dev.slipway.executor.GraphWork;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.Step;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An engine that has no cache: it runs the steps of a graph one after the other, on an executor that runs single steps. */
final class WholeGraphs implements GraphExecutor {

    private static final String NAME = "whole-graphs";

    private final VertexExecutor steps;

    WholeGraphs(VertexExecutor steps) {
        this.steps = steps;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<PlatformSupport> platforms() {
        return steps.platforms();
    }

    @Override
    public GraphWork begin(BuildSession session) {
        return new Work(steps.begin(session));
    }

    @Override
    public void close() {
        steps.close();
    }

    private record Work(VertexWork steps) implements GraphWork {

        @Override
        public List<BuiltImage> build(List<Target> targets, Consumer<BuildEvent> events) throws InterruptedException {
            Map<Digest, List<Result>> results = new HashMap<>();
            List<BuiltImage> images = new ArrayList<>();
            for (Target target : targets) {
                for (Vertex vertex : target.definition().vertices()) {
                    if (!results.containsKey(vertex.digest())) {
                        results.put(vertex.digest(), run(step(vertex, targets), vertex, results, events));
                    }
                }
                Result root = target.definition()
                        .result()
                        .map(edge -> result(edge, results))
                        .orElse(Result.EMPTY);
                images.add(steps.image(root, target.spec()));
            }
            return images;
        }

        private static Step step(Vertex vertex, List<Target> targets) {
            List<Platform> platforms = targets.stream()
                    .filter(target -> target.definition().vertices().contains(vertex))
                    .map(target -> target.spec().platform())
                    .toList();
            return Step.of(
                    vertex.digest(),
                    vertex.toString(),
                    platforms,
                    vertex.metadata().locations(),
                    NAME);
        }

        private List<Result> run(
                Step step, Vertex vertex, Map<Digest, List<Result>> results, Consumer<BuildEvent> events)
                throws InterruptedException {
            events.accept(new BuildEvent.Started(Instant.now(), step));
            List<Result> inputs =
                    vertex.inputs().stream().map(edge -> result(edge, results)).toList();
            try {
                List<Result> made = steps.run(vertex, inputs, StepMonitor.NONE);
                events.accept(new BuildEvent.Finished(Instant.now(), step, BuildEvent.Outcome.DONE, Optional.empty()));
                return made;
            } catch (ExecutorException e) {
                events.accept(new BuildEvent.Finished(
                        Instant.now(), step, BuildEvent.Outcome.FAILED, Optional.of(e.getMessage())));
                throw e;
            }
        }

        private static Result result(Edge edge, Map<Digest, List<Result>> results) {
            return results.get(edge.vertex().digest()).get(edge.output());
        }

        @Override
        public ResolvedImage resolveImage(ImageRequest request) throws InterruptedException {
            return steps.resolveImage(request);
        }

        @Override
        public Optional<Instant> sourceTime(Vertex source) throws InterruptedException {
            return steps.sourceTime(source);
        }

        @Override
        public void close() {
            steps.close();
        }
    }
}
