package dev.slipway.local.worker;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.Result;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import dev.slipway.local.cdi.ContainerEdits;
import dev.slipway.local.exec.StepNeeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A step for the worker.
 *
 * @param op what to run
 * @param platform the platform it runs for
 * @param inputs names of the results that it begins with
 * @param devices what it is given for the devices that it names
 * @param limits of its control group
 * @param secrets those that it names, as far as the session has them
 * @param agents the SSH agents of the session
 * @param entitlements what the session allows
 */
record Task(
        ExecOp op,
        Optional<Platform> platform,
        List<String> inputs,
        ContainerEdits devices,
        List<Limit> limits,
        List<Secret> secrets,
        List<Agent> agents,
        List<String> entitlements) {

    /** A secret. */
    record Secret(String id, byte[] content) {

        /** Says nothing of the content. */
        @Override
        public String toString() {
            return "Secret[" + id + "]";
        }
    }

    /** A limit of a control group. */
    record Limit(String name, String value) {}

    /** A socket that leads to an SSH agent. */
    record Agent(String id, String socket) {}

    static Task of(Vertex vertex, List<Result> inputs, StepNeeds needs, BuildSession session) {
        ExecOp op = (ExecOp) vertex.op();
        return new Task(
                op,
                vertex.platform(),
                inputs.stream().map(Result::id).toList(),
                needs.devices(),
                needs.limits().entrySet().stream()
                        .map(limit -> new Limit(limit.getKey(), limit.getValue()))
                        .toList(),
                secretIds(op)
                        .distinct()
                        .flatMap(id -> session.secrets().get(id).map(content -> new Secret(id, content)).stream())
                        .toList(),
                session.sshAgents().entrySet().stream()
                        .map(agent -> new Agent(
                                agent.getKey(),
                                agent.getValue().toAbsolutePath().toString()))
                        .toList(),
                List.copyOf(session.entitlements()));
    }

    private static Stream<String> secretIds(ExecOp op) {
        return Stream.concat(
                op.secretEnvironment().stream().map(ExecOp.SecretEnvironment::id),
                op.mounts().stream()
                        .map(Mount::kind)
                        .filter(Mount.Secret.class::isInstance)
                        .map(secret -> ((Mount.Secret) secret).file().id()));
    }

    /** What is below the step is known by its results alone. */
    Vertex vertex() {
        List<Edge> below = inputs.stream()
                .map(input -> SourceOp.of("result://" + input, Map.of()))
                .map(source -> Vertex.of(source, List.of(), Optional.empty(), VertexMetadata.EMPTY))
                .map(vertex -> new Edge(vertex, 0))
                .toList();
        return Vertex.of(op, below, platform, VertexMetadata.EMPTY);
    }

    StepNeeds needs() {
        return StepNeeds.of(devices, limits.stream().collect(Collectors.toMap(Limit::name, Limit::value)));
    }

    List<Result> results() {
        return inputs.stream().map(Result::new).toList();
    }

    /** As much of the session as the step may know. */
    BuildSession session() {
        Map<String, Secret> known = secrets.stream().collect(Collectors.toMap(Secret::id, Function.identity()));
        TreeMap<String, Path> sockets = new TreeMap<>();
        agents.forEach(agent -> sockets.put(agent.id(), Path.of(agent.socket())));
        return new BuildSession(
                new TreeMap<>(),
                new TreeMap<>(),
                id -> Optional.ofNullable(known.get(id)).map(Secret::content),
                sockets,
                new TreeSet<>(entitlements),
                new TreeMap<>(),
                Optional.empty());
    }
}
