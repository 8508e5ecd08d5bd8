package dev.slipway.frontend;

import dev.slipway.executor.ImageNotFoundException;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.config.ContainerConfig;
import dev.slipway.oci.config.HistoryEntry;
import dev.slipway.parser.DockerfileParseException;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.CheckOptions;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.tree.Dockerfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A Dockerfile that a test has converted, for linux/amd64 unless it says otherwise, with made-up base images. */
public record Converted(Conversion conversion) {

    public static final Platform AMD64 = Platform.of("linux", "amd64", "");
    public static final String SESSION = "test-session";
    public static final String DEFAULT_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** An image that the resolver does not find. */
    public static final String MISSING = "docker.io/library/missing:latest";

    public static Converted of(String dockerfile) {
        return of(dockerfile, request -> {});
    }

    public static Converted of(String dockerfile, Consumer<FrontendRequestBuilder> settings) {
        return of(dockerfile, Map.of(), settings);
    }

    /** @param images config documents by full reference, for images that are not to be made up */
    public static Converted of(
            String dockerfile, Map<String, String> images, Consumer<FrontendRequestBuilder> settings) {
        return of(dockerfile.getBytes(StandardCharsets.UTF_8), images, settings, Checks.none());
    }

    public static Converted of(
            byte[] dockerfile, Map<String, String> images, Consumer<FrontendRequestBuilder> settings, Checks checks) {
        Dockerfile parsed = DockerfileParser.parse(dockerfile, checks);
        return new Converted(Frontend.convert(parsed, request(settings), resolver(images), checks));
    }

    /** A conversion for no platform in particular. */
    public static Converted forAnyPlatform(
            String dockerfile, Map<String, String> images, List<Platform> buildPlatforms) {
        Dockerfile parsed = DockerfileParser.parse(dockerfile.getBytes(StandardCharsets.UTF_8));
        FrontendRequest request =
                FrontendRequest.builder().buildPlatforms(buildPlatforms).build();
        return new Converted(Frontend.convert(parsed, request, resolver(images), Checks.none()));
    }

    public static FrontendRequest request(Consumer<FrontendRequestBuilder> settings) {
        FrontendRequestBuilder builder = FrontendRequest.builder()
                .platform(AMD64)
                .buildPlatforms(List.of(AMD64))
                .context(new MainContext.Local(MainContext.NAME, SESSION, List.of()));
        settings.accept(builder);
        return builder.build();
    }

    /** The message of the failure of a Dockerfile that can't be parsed or converted. */
    public static String failure(String dockerfile) {
        return failure(dockerfile, request -> {});
    }

    public static String failure(String dockerfile, Consumer<FrontendRequestBuilder> settings) {
        try {
            of(dockerfile, settings);
        } catch (FrontendException | DockerfileParseException e) {
            return e.getMessage();
        }
        return "no failure";
    }

    /** What the checks find, each as {@code Rule: detail}. */
    public static List<String> findings(String dockerfile) {
        return findings(dockerfile, request -> {});
    }

    public static List<String> findings(String dockerfile, Consumer<FrontendRequestBuilder> settings) {
        List<String> findings = new ArrayList<>();
        byte[] source = dockerfile.getBytes(StandardCharsets.UTF_8);
        Checks checks = Checks.of(
                CheckOptions.of(source), warning -> findings.add(warning.rule().name() + ": " + warning.detail()));
        of(source, Map.of(), settings, checks);
        return findings;
    }

    public static ImageResolver resolver(Map<String, String> images) {
        return request -> resolve(request, images);
    }

    private static ResolvedImage resolve(ImageRequest request, Map<String, String> images) {
        String reference = request.reference();
        if (reference.equals(MISSING)) {
            throw new ImageNotFoundException("not found");
        }
        Platform platform = request.platform();
        String madeUp = """
                {"architecture":"%s","os":"%s","variant":"%s","created":"2020-01-01T00:00:00Z",
                 "rootfs":{"type":"layers","diff_ids":["%s"]},"history":[{"created_by":"base layer"}],
                 "config":{"Env":["%s"],"Cmd":["/bin/sh"]}}
                """.formatted(
                        platform.architecture(), platform.os(), platform.variant(), digestOf("layer"), DEFAULT_PATH);
        return new ResolvedImage(reference, digestOf(reference), Bytes.utf8(images.getOrDefault(reference, madeUp)));
    }

    public static Digest digestOf(String reference) {
        return Digest.sha256(reference);
    }

    /** What progress calls the vertices, in the order of the definition. */
    public List<String> names() {
        return conversion.definition().vertices().stream()
                .map(vertex -> vertex.metadata().name().orElse("").replaceAll("@sha256:[0-9a-f]{64}", ""))
                .toList();
    }

    public Vertex vertex(String partOfName) {
        return conversion.definition().vertices().stream()
                .filter(vertex -> vertex.metadata().name().orElse("").contains(partOfName))
                .findFirst()
                .orElseThrow(() -> new AssertionError(partOfName + " is not in " + names()));
    }

    private <T> List<T> ops(Class<T> kind) {
        return conversion.definition().vertices().stream()
                .map(Vertex::op)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** The only process, or the last one. */
    public ExecOp exec() {
        List<ExecOp> processes = ops(ExecOp.class);
        return processes.get(processes.size() - 1);
    }

    public List<String> arguments() {
        return exec().meta().arguments();
    }

    public List<String> environment() {
        return exec().meta().environment();
    }

    /** The only mount that is not the root. */
    public Mount mount() {
        List<Mount> mounts = exec().mounts().stream()
                .filter(mount -> !mount.destination().equals("/"))
                .toList();
        if (mounts.size() != 1) {
            throw new AssertionError("not one mount: " + mounts);
        }
        return mounts.get(0);
    }

    /** The sources by identifier, digests left out. */
    public Map<String, Map<String, String>> sources() {
        Map<String, Map<String, String>> sources = new HashMap<>();
        for (SourceOp source : ops(SourceOp.class)) {
            sources.put(source.identifier().replaceAll("@sha256:.*", ""), source.attributes());
        }
        return sources;
    }

    /** What the client sends of the main context, as JSON; null if all of it. */
    public String followedPaths() {
        return sources().get("local://context").get("local.followpaths");
    }

    /** All copies, in the order of the definition. */
    public List<FileAction.Copy> copies() {
        return actions()
                .map(FileAction::command)
                .filter(FileAction.Copy.class::isInstance)
                .map(FileAction.Copy.class::cast)
                .toList();
    }

    public FileAction.Copy copy() {
        List<FileAction.Copy> copies = copies();
        return copies.get(copies.size() - 1);
    }

    public Stream<FileAction> actions() {
        return ops(FileOp.class).stream().flatMap(op -> op.actions().stream());
    }

    /** The history after the base image's. */
    public List<String> history() {
        return conversion.image().history().stream()
                .map(HistoryEntry::createdBy)
                .filter(text -> !text.equals("base layer"))
                .toList();
    }

    public ContainerConfig config() {
        return conversion.image().config();
    }
}
