package dev.slipway.planning;

import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ForwardingVertexWork;
import dev.slipway.executor.ProgramFile;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.llb.Digest;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The work of a plan: what only reads goes to the real executor's work, what would change something is imagined. */
final class PlanWork extends ForwardingVertexWork {

    private static final String IMAGINED = "plan:";

    private final VertexWork work;
    private final Set<Digest> fetched;

    /**
     * @param fetched sources that the work has fetched already
     */
    PlanWork(VertexWork work, Set<Digest> fetched) {
        super(work);
        this.work = work;
        this.fetched = Set.copyOf(fetched);
    }

    /** Sources that would have to be asked over the network count as changed: a plan asks nobody but for image metadata. */
    @Override
    public Digest sourceKey(Vertex source, StepMonitor monitor) throws InterruptedException {
        return switch (((SourceOp) source.op()).scheme()) {
            case "local", "docker-image", "oci-layout" -> work.sourceKey(source, monitor);
            default ->
                fetched.contains(source.digest())
                        ? work.sourceKey(source, monitor)
                        : Digest.sha256(IMAGINED + source.digest());
        };
    }

    @Override
    public Digest contentDigest(Result result, List<ContentSelector> selectors) throws InterruptedException {
        return result.id().startsWith(IMAGINED)
                ? Digest.sha256(result.id() + selectors)
                : work.contentDigest(result, selectors);
    }

    @Override
    public void save(CacheRecord record) {}

    @Override
    public List<ProgramFile> programs(Result result, Predicate<Platform> wanted) {
        return List.of();
    }

    @Override
    public List<Result> run(Vertex vertex, List<Result> inputs, StepMonitor monitor) {
        return IntStream.range(0, outputs(vertex.op()))
                .mapToObj(output -> new Result(IMAGINED + vertex.digest() + "@" + output))
                .toList();
    }

    private static int outputs(Op op) {
        if (op instanceof ExecOp exec) {
            return 1 + exec.mounts().stream().mapToInt(Mount::output).max().orElse(Op.NONE);
        }
        if (op instanceof FileOp file) {
            return 1
                    + file.actions().stream()
                            .mapToInt(action -> action.output())
                            .max()
                            .orElse(Op.NONE);
        }
        return 1;
    }

    @Override
    public Optional<byte[]> readFile(Result result, String path, int limit) throws InterruptedException {
        return result.id().startsWith(IMAGINED) ? Optional.empty() : work.readFile(result, path, limit);
    }

    @Override
    public BuiltImage image(Result root, ImageSpec spec) {
        throw new ExecutorException("a plan makes no images");
    }
}
