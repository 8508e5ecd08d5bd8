package dev.slipway.frontend.graph;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a process. Its output is the root with the changes of the process. */
public final class ExecNode extends GraphNode {

    private final ExecOp process;
    private final List<Source> sources;
    private final Optional<Platform> platform;

    /**
     * @param process the op without the mounts that have inputs of the graph; those of the session (secrets, agents) are
     *     included and come after the others
     * @param sources the mounts with inputs of the graph, the root among them, in order
     * @param platform the platform it runs on; none for that of the target
     * @param metadata the metadata of the vertex
     */
    public ExecNode(ExecOp process, List<Source> sources, Optional<Platform> platform, VertexMetadata metadata) {
        super(metadata);
        this.process = requireNonNull(process, "process is null");
        this.sources = List.copyOf(sources);
        this.platform = requireNonNull(platform, "platform is null");
    }

    /**
     * A mount whose content comes from the graph, or starts empty.
     *
     * @param root what is mounted
     * @param mount how; its input has no number yet
     */
    public record Source(Root root, Mount mount) {}

    @Override
    List<Root> visited() {
        return sources.stream().map(Source::root).toList();
    }

    @Override
    Vertex build(Inputs inputs) {
        List<Mount> mounts = new ArrayList<>(sources.size() + process.mounts().size());
        for (Source source : sources) {
            Mount mount = source.mount();
            mounts.add(Mount.of(
                    inputs.position(source.root()),
                    mount.selector(),
                    mount.destination(),
                    mount.output(),
                    mount.readOnly(),
                    mount.kind()));
        }
        mounts.addAll(process.mounts());
        ExecOp op = new ExecOp(
                process.meta(),
                mounts,
                process.network(),
                process.security(),
                process.secretEnvironment(),
                process.cdiDevices());
        return Vertex.of(op, inputs.edges(), Optional.of(platform.orElse(inputs.defaultPlatform())), metadata());
    }
}
