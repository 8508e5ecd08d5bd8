package dev.slipway.attest.make;

import static java.util.Objects.requireNonNull;

import dev.slipway.attest.Provenance;
import dev.slipway.backend.Backend;
import dev.slipway.backend.Backend.Built;
import dev.slipway.context.load.LoadedContext;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.frontend.MainContext;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Edge;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.provenance.BuildParameters;
import dev.slipway.provenance.BuildProvenance;
import dev.slipway.provenance.Detail;
import dev.slipway.provenance.Invocation;
import dev.slipway.provenance.ResolvedSource;
import dev.slipway.provenance.SourceCollector;
import dev.slipway.provenance.Sources;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes down how the image of one platform was made. */
public final class ProvenanceMaker {

    private final Provenance wanted;
    private final LoadedContext context;
    private final Map<ImageRequest, ResolvedImage> images;

    /** @param images all that were looked up for the build */
    public ProvenanceMaker(Provenance wanted, LoadedContext context, Map<ImageRequest, ResolvedImage> images) {
        this.wanted = requireNonNull(wanted, "wanted is null");
        this.context = requireNonNull(context, "context is null");
        this.images = Map.copyOf(images);
    }

    /**
     * Says how an image was made.
     *
     * @param definition what was built
     * @param scanner the image that lists what is inside, which is looked up, but no part of what was built
     * @param built what came of it
     * @throws ExecutorException if the digest of something has to be known and is not
     */
    public BuildProvenance make(
            Definition definition,
            Optional<ImageReference> scanner,
            BuildParameters asked,
            Invocation invocation,
            Backend backend,
            Built built)
            throws InterruptedException {
        Optional<Detail> detail = wanted.mode() == Provenance.Mode.MAX
                ? Optional.of(new Detail(
                        definition, context.file(), DockerfileReading.of(context), layers(definition, built)))
                : Optional.empty();
        return new BuildProvenance(
                sources(definition, scanner, backend),
                asked,
                invocation,
                wanted.builderId(),
                wanted.reproducible(),
                detail);
    }

    private Sources sources(Definition definition, Optional<ImageReference> scanner, Backend backend)
            throws InterruptedException {
        SourceCollector collector = new SourceCollector(backend.work()::sourcePin);
        if (context.main() instanceof MainContext.Local) {
            // It is read for its .dockerignore, if for nothing else.
            collector.local(MainContext.NAME);
        }
        if (!context.hasOwnDockerfile()) {
            collector.local("dockerfile");
        }
        images.forEach((request, image) -> {
            ResolvedSource source = resolved(request, image);
            boolean isScanner = scanner.map(ImageReference::toString)
                    .filter(request.reference()::equals)
                    .isPresent();
            if (request.layout().isEmpty() && (isScanner || isUsed(source, definition))) {
                collector.image(source);
            }
        });
        return collector.definition(definition).sources();
    }

    /** Under the name that the build has for it: with a digest only if it says so. */
    private static ResolvedSource resolved(ImageRequest request, ResolvedImage image) {
        ImageReference found = ImageReference.parse(image.reference());
        boolean isPinned = ImageReference.parse(request.reference()).digest().isPresent();
        return new ResolvedSource(
                isPinned ? found.withDigest(image.digest()) : found.withoutDigest(),
                Optional.of(request.platform()),
                image.digest(),
                false);
    }

    private static boolean isUsed(ResolvedSource source, Definition definition) {
        String identifier = "docker-image://" + source.name().withDigest(source.digest());
        return definition.vertices().stream()
                .anyMatch(vertex -> vertex.op() instanceof SourceOp op
                        && op.identifier().equals(identifier)
                        && vertex.platform()
                                .map(platform -> platform.normalized()
                                        .equals(source.platform().orElseThrow().normalized()))
                                .orElse(false));
    }

    /** The layers of the outputs that are used. */
    private static Map<Edge, List<? extends BuiltLayer>> layers(Definition definition, Built built)
            throws InterruptedException {
        Set<Edge> edges = new LinkedHashSet<>();
        for (Vertex vertex : definition.vertices()) {
            edges.addAll(vertex.inputs());
        }
        definition.result().ifPresent(edges::add);
        Map<Edge, List<? extends BuiltLayer>> layers = new LinkedHashMap<>();
        for (Edge edge : edges) {
            layers.put(edge, built.layers().of(edge));
        }
        return layers;
    }
}
