package dev.slipway.executor.testkit;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.Copy;
import dev.slipway.llb.FileAction.MakeDirectory;
import dev.slipway.llb.FileAction.MakeFile;
import dev.slipway.llb.FileAction.Remove;
import dev.slipway.llb.FileAction.Symlink;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small graphs, written by hand. */
final class Llb {

    /** The time of everything that steps make, in nanoseconds since 1970: September 2001. */
    static final long TIME = 1_000_000_000_000_000_000L;

    private Llb() {}

    /** The folder that the tests' session offers. */
    static Edge context() {
        return local(ContractFixture.CONTEXT, Map.of());
    }

    static Edge local(String name, Map<String, String> attributes) {
        return source("local://" + name, attributes);
    }

    static Edge source(String identifier, Map<String, String> attributes) {
        return edge(SourceOp.of(identifier, attributes), List.of(), Optional.empty());
    }

    /** All of a folder in an empty root. */
    static Edge copied(Edge source) {
        return file(Optional.empty(), Optional.of(source), copy("/", "/"));
    }

    /** Changes a root, one thing after the other. */
    static Edge changed(Edge root, FileAction.Command... commands) {
        return file(Optional.of(root), Optional.empty(), commands);
    }

    /** Changes a root, or an empty one, one thing after the other; what reads does so from the source. */
    static Edge file(Optional<Edge> root, Optional<Edge> source, FileAction.Command... commands) {
        List<Edge> inputs = new ArrayList<>();
        root.ifPresent(inputs::add);
        source.ifPresent(inputs::add);
        List<FileAction> actions = new ArrayList<>();
        for (FileAction.Command command : commands) {
            int number = actions.size();
            int input = number > 0 ? inputs.size() + number - 1 : root.isPresent() ? 0 : Op.NONE;
            int read = command instanceof Copy ? inputs.size() - 1 : Op.NONE;
            actions.add(new FileAction(input, read, number == commands.length - 1 ? 0 : Op.NONE, command));
        }
        return edge(new FileOp(actions), inputs, Optional.empty());
    }

    /** A copy as COPY makes it: of a folder, what is in it. */
    static Copy copy(String source, String destination) {
        return copy(source, destination, -1);
    }

    static Copy copy(String source, String destination, int mode) {
        return new Copy(
                source,
                destination,
                Optional.empty(),
                mode,
                "",
                true,
                true,
                false,
                true,
                true,
                false,
                TIME,
                List.of(),
                List.of(),
                false,
                List.of());
    }

    static MakeFile makeFile(String path, String content) {
        return new MakeFile(path, 0644, Bytes.utf8(content), Optional.empty(), TIME);
    }

    static MakeDirectory makeDirectory(String path) {
        return new MakeDirectory(path, 0755, false, Optional.empty(), TIME);
    }

    static Symlink symlink(String target, String path) {
        return new Symlink(target, path, Optional.empty(), TIME);
    }

    static Remove remove(String path) {
        return new Remove(path, false, false);
    }

    /**
     * Runs a script in a root that has a shell, which is also mounted at {@code /other} to be written.
     *
     * @param more what else is mounted
     * @return a vertex whose outputs are the root and that folder
     */
    static Vertex shell(Edge root, String script, Mount... more) {
        ProcessMeta meta = new ProcessMeta(
                List.of("/bin/sh", "-c", script),
                List.of("PATH=/bin:/usr/bin"),
                "/",
                "",
                Optional.empty(),
                List.of(),
                "",
                List.of(),
                "",
                true,
                List.of());
        List<Mount> mounts = new ArrayList<>(List.of(
                Mount.of(0, "", "/", 0, false, new Mount.Bind()),
                Mount.of(0, "", "/other", 1, false, new Mount.Bind())));
        mounts.addAll(List.of(more));
        ExecOp op = new ExecOp(meta, mounts, NetworkMode.UNSET, SecurityMode.SANDBOX, List.of(), List.of());
        return edge(op, List.of(root), Optional.of(Platform.host())).vertex();
    }

    /** A secret at a path. */
    static Mount secret(String id, String path, boolean optional) {
        Mount.SessionFile file = new Mount.SessionFile(id, 0, 0, 0400, optional);
        return Mount.of(Op.NONE, "", path, Op.NONE, false, new Mount.Secret(file));
    }

    /** A folder that outlives the build. */
    static Mount cache(String id, String path) {
        return Mount.of(Op.NONE, "", path, Op.NONE, false, new Mount.Cache(id, Mount.Cache.Sharing.SHARED));
    }

    static Edge edge(Op op, List<Edge> inputs, Optional<Platform> platform) {
        return new Edge(Vertex.of(op, inputs, platform, VertexMetadata.EMPTY), 0);
    }
}
