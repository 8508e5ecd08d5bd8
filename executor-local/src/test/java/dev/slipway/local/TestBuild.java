package dev.slipway.local;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.Output;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.Copy;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.oci.output.ImageSet;
import dev.slipway.oci.output.Outputs;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs vertices on a local executor, without a solver. */
public final class TestBuild implements AutoCloseable {

    /** Nothing is pushed. */
    public static final Supplier<RegistryClient> NO_REGISTRIES = () -> {
        throw new AssertionError("nothing is to be pushed");
    };

    public final Path folder;
    public final Path context;
    public final Path layout;
    public final Path other;
    public final LocalExecutor executor;
    public final VertexWork work;

    /** For which images are exported. */
    public String system = "linux";

    private final Map<Digest, List<Result>> results = new HashMap<>();

    /** A build with a folder {@code context} and layouts {@code base} and {@code other}, all of which are still to be filled. */
    public TestBuild(Path folder) throws IOException {
        this(folder, ExecutorSettings.of(folder.resolve("home")));
    }

    /** A build by an executor with these settings. */
    public TestBuild(Path folder, ExecutorSettings settings) throws IOException {
        this(folder, settings, BuildSession.of(Map.of("context", folder.resolve("context")), layoutsIn(folder)));
    }

    /** A build by an executor with these settings, which offers it this. */
    public TestBuild(Path folder, ExecutorSettings settings, BuildSession session) throws IOException {
        this.folder = folder;
        this.context = Files.createDirectories(folder.resolve("context"));
        this.layout = folder.resolve("layout");
        this.other = folder.resolve("other");
        this.executor = LocalExecutor.open(settings);
        this.work = executor.begin(session);
    }

    private static Map<String, Path> layoutsIn(Path folder) {
        return Map.of("base", folder.resolve("layout"), "other", folder.resolve("other"));
    }

    public TestBuild put(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    public Result run(Vertex vertex) throws InterruptedException {
        return runAll(vertex).get(0);
    }

    /** The files of one vertex without inputs, as {@link Listing} writes them, while somebody hears what it says. */
    public List<String> list(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException {
        results.put(vertex.digest(), work.run(vertex, List.of(), monitor));
        return list(vertex);
    }

    public List<Result> runAll(Vertex vertex) throws InterruptedException {
        List<Result> known = results.get(vertex.digest());
        if (known == null) {
            List<Result> inputs = new ArrayList<>();
            for (Edge input : vertex.inputs()) {
                inputs.add(runAll(input.vertex()).get(input.output()));
            }
            known = work.run(vertex, inputs, StepMonitor.NONE);
            results.put(vertex.digest(), known);
        }
        return known;
    }

    /** The files of a result, as {@link Listing} writes them. */
    public List<String> list(Vertex vertex) throws IOException, InterruptedException {
        return Listing.of(executor.store().roots().files(run(vertex)), executor.store());
    }

    /** What the last layer of a result holds. */
    public List<String> listLayer(Vertex vertex) throws IOException, InterruptedException {
        List<String> layers = executor.store().roots().snapshot(run(vertex)).layers();
        return Listing.of(executor.store().layers().load(layers.get(layers.size() - 1)), executor.store());
    }

    /** What is at a path of a result. */
    public Node node(Vertex vertex, String path) throws IOException, InterruptedException {
        return PathResolver.resolveParent(executor.store().roots().files(run(vertex)), path)
                .node()
                .orElseThrow();
    }

    /** Writes a result as an image with an empty config, or as files. */
    public void export(Vertex vertex, Output output) throws InterruptedException {
        Bytes config = Bytes.utf8("{\"architecture\":\"" + Platform.host().architecture() + "\",\"os\":\"" + system
                + "\",\"config\":{},\"rootfs\":{\"type\":\"layers\"}}");
        ImageSpec spec = new ImageSpec(Platform.host(), config, Optional.empty(), Optional.empty());
        BuiltImage image = work.image(run(vertex), spec);
        Outputs.write(List.of(output), new ImageSet(List.of(image), false), NO_REGISTRIES, StepMonitor.NONE);
    }

    @Override
    public void close() {
        work.close();
        executor.close();
    }

    public static Vertex base() {
        return source("oci-layout://docker.io/library/base:latest", Map.of("oci.store", "base"));
    }

    public static Vertex other() {
        return source("oci-layout://docker.io/library/other:latest", Map.of("oci.store", "other"));
    }

    public static Vertex local(Map<String, String> attributes) {
        return source("local://context", attributes);
    }

    public static Vertex local() {
        return local(Map.of());
    }

    public static Vertex source(String identifier, Map<String, String> attributes) {
        return vertex(SourceOp.of(identifier, attributes), List.of());
    }

    public static Vertex vertex(Op op, List<Vertex> inputs) {
        List<Edge> edges = inputs.stream().map(input -> new Edge(input, 0)).toList();
        return Vertex.of(op, edges, Optional.of(Platform.host()), VertexMetadata.EMPTY);
    }

    /** Actions on a root, or on nothing, one after the other; those that read do so from the source. */
    public static Vertex file(Optional<Vertex> base, Optional<Vertex> source, FileAction.Command... commands) {
        List<Vertex> inputs = new ArrayList<>();
        base.ifPresent(inputs::add);
        source.ifPresent(inputs::add);
        List<FileAction> actions = new ArrayList<>();
        for (int i = 0; i < commands.length; i++) {
            int input = i > 0 ? inputs.size() + i - 1 : base.isPresent() ? 0 : Op.NONE;
            boolean reads = commands[i] instanceof Copy && source.isPresent();
            int output = i == commands.length - 1 ? 0 : Op.NONE;
            actions.add(new FileAction(input, reads ? inputs.size() - 1 : Op.NONE, output, commands[i]));
        }
        return vertex(new FileOp(actions), inputs);
    }

    /** A copy as COPY makes it. */
    public static Copy copy(String source, String destination) {
        return new TestCopy(source, destination).build();
    }

    public static Vertex exec(Vertex root, List<Vertex> others, List<Mount> mounts, String... arguments) {
        List<Vertex> inputs = new ArrayList<>();
        inputs.add(root);
        inputs.addAll(others);
        List<Mount> all = new ArrayList<>();
        all.add(Mount.of(0, "", "/", 0, false, new Mount.Bind()));
        all.addAll(mounts);
        ProcessMeta meta = new ProcessMeta(
                List.of(arguments),
                List.of("PATH=/bin"),
                "/",
                "",
                Optional.empty(),
                List.of(),
                "",
                List.of(),
                "",
                true,
                List.of());
        return vertex(new ExecOp(meta, all, NetworkMode.UNSET, SecurityMode.SANDBOX, List.of(), List.of()), inputs);
    }

    public static Vertex shell(Vertex root, String script) {
        return exec(root, List.of(), List.of(), "/bin/sh", "-c", script);
    }
}
