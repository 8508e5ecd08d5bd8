package dev.slipway.solver;

import dev.slipway.graph.BuildGraph;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Small graphs for tests. A vertex is named after what it does. */
final class Graphs {

    static final Platform AMD64 = Platform.of("linux", "amd64", "");
    static final Platform ARM64 = Platform.of("linux", "arm64", "");

    private Graphs() {}

    static Vertex source(String identifier) {
        return Vertex.of(
                SourceOp.of(identifier, Map.of()), List.of(), Optional.empty(), VertexMetadata.named(identifier));
    }

    static Vertex run(String command, Vertex root, Vertex... readOnly) {
        return run(command, AMD64, VertexMetadata.named(command), root, readOnly);
    }

    static Vertex runAgain(String command, Vertex root) {
        VertexMetadata again = new VertexMetadata(
                new TreeMap<>(Map.of(VertexMetadata.CUSTOM_NAME, command)),
                true,
                new TreeSet<>(),
                Optional.empty(),
                new TreeMap<>(),
                List.of());
        return run(command, AMD64, again, root);
    }

    static Vertex run(String command, Platform platform, VertexMetadata metadata, Vertex root, Vertex... readOnly) {
        ProcessMeta meta = new ProcessMeta(
                List.of("/bin/sh", "-c", command),
                List.of(),
                "/",
                "",
                Optional.empty(),
                List.of(),
                "",
                List.of(),
                "",
                true,
                List.of());
        List<Mount> mounts = new java.util.ArrayList<>();
        List<Edge> inputs = new java.util.ArrayList<>();
        mounts.add(Mount.of(0, "", "/", 0, false, new Mount.Bind()));
        inputs.add(new Edge(root, 0));
        for (Vertex vertex : readOnly) {
            mounts.add(Mount.of(inputs.size(), "", "/in" + inputs.size(), Op.NONE, true, new Mount.Bind()));
            inputs.add(new Edge(vertex, 0));
        }
        ExecOp op =
                new ExecOp(meta, mounts, ExecOp.NetworkMode.UNSET, ExecOp.SecurityMode.SANDBOX, List.of(), List.of());
        return Vertex.of(op, inputs, Optional.of(platform), metadata);
    }

    static Vertex copy(String path, Vertex base, Vertex from) {
        FileAction.Copy copy = new FileAction.Copy(
                path,
                path,
                Optional.empty(),
                -1,
                "",
                true,
                true,
                false,
                true,
                true,
                true,
                -1,
                List.of(),
                List.of(),
                false,
                List.of());
        return Vertex.of(
                new FileOp(List.of(new FileAction(0, 1, 0, copy))),
                List.of(new Edge(base, 0), new Edge(from, 0)),
                Optional.empty(),
                VertexMetadata.named("copy " + path));
    }

    static BuildGraph graph(Vertex result) {
        return graph(Map.of(AMD64, result));
    }

    static BuildGraph graph(Map<Platform, Vertex> results) {
        Map<Platform, Definition> definitions = new LinkedHashMap<>();
        results.forEach((platform, vertex) -> definitions.put(platform, Definition.of(new Edge(vertex, 0))));
        return BuildGraph.merge(definitions);
    }
}
