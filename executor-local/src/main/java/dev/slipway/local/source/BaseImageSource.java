package dev.slipway.local.source;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageNotFoundException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ImageRequest.ResolveMode;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.executor.Result;
import dev.slipway.executor.SourceAccess;
import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.ByteProgress;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.ImageContent;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.local.image.BaseLayers;
import dev.slipway.local.source.ImageFinder.Found;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.LayerOrigins;
import dev.slipway.oci.PlatformNotFoundException;
import dev.slipway.oci.disk.Parallel;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Images, of registries and of OCI layouts. The key is made of the layers alone, so that images which differ in their config
 * only are one and the same to those who build upon them.
 */
public final class BaseImageSource implements Source, BaseLayers, AutoCloseable {

    /** As many as containerd fetches at once. */
    private static final int MAX_FETCHES = 4;

    private final Store store;
    private final LayoutImages layouts;
    private final RegistryImages registries;
    private final RegistryImages stored;
    private final Map<Digest, Base> found = new ConcurrentHashMap<>();

    /** The images that this build can use. */
    public BaseImageSource(Store store, BuildSession session, RegistryClient registries) {
        this.store = store;
        this.registries = new RegistryImages(registries, store, session.access());
        this.stored = new RegistryImages(
                registries,
                store,
                new SourceAccess(SourceAccess.Network.NONE, session.access().pins()));
        this.layouts = new LayoutImages(session.layouts());
    }

    /**
     * An image that steps of this build are based on.
     *
     * @param root the digest that its reference stands for
     * @param repository where it is from, unless it is from a layout
     */
    private record Base(Digest root, Image image, Optional<ImageReference> repository) {}

    /** Finds an image without fetching its layers. */
    public ResolvedImage resolve(ImageRequest request) throws IOException, InterruptedException {
        Found root = find(request);
        Image image = select(root, request);
        return new ResolvedImage(
                request.reference(),
                root.root().digest(),
                image.document().json(),
                Optional.of(image.descriptor().digest()));
    }

    /** An image as it is; what the store has of it is not asked for. */
    public ImageContent content(ImageRequest request) throws IOException, InterruptedException {
        Found image = find(request);
        return new ImageContent() {
            @Override
            public Descriptor root() {
                return image.root();
            }

            @Override
            public InputStream open(Descriptor blob) throws IOException {
                return store.blobs().has(blob)
                        ? store.blobs().open(blob)
                        : image.blobs().open(blob);
            }
        };
    }

    @Override
    public Optional<String> pin(Vertex vertex) throws IOException, InterruptedException {
        return Optional.of(find(request(vertex)).root().digest().toString());
    }

    @Override
    public Optional<String> missing(Vertex vertex) throws IOException, InterruptedException {
        ImageRequest request = request(vertex);
        if (request.layout().isPresent()) {
            return Optional.empty();
        }
        List<Descriptor> layers;
        try {
            layers = select(stored.find(request), request).manifest().layers();
        } catch (ExecutorException e) {
            return Optional.of("it is not in the store");
        }
        long missing =
                layers.stream().filter(layer -> !store.blobs().has(layer)).count();
        return missing == 0
                ? Optional.empty()
                : Optional.of(
                        "the store has only " + (layers.size() - missing) + " of its " + layers.size() + " layers");
    }

    @Override
    public Digest key(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException {
        Image image = image(vertex);
        // What a config says of its layers nobody has checked yet, so it must not be the key of what another image is
        // known by.
        Stream<Digest> blobs = image.manifest().layers().stream().map(Descriptor::digest);
        String form = isForWindows(image) ? "slipway Windows image" : "slipway image";
        return Digest.sha256(form + "\n"
                + Stream.concat(image.config().diffIds().stream(), blobs)
                        .map(Digest::toString)
                        .collect(Collectors.joining("\n")));
    }

    @Override
    public List<String> sharedKeys(Vertex vertex) throws IOException, InterruptedException {
        Base base = base(vertex);
        return SharedKeys.ofImage(
                base.root(),
                vertex.platform().orElseGet(Platform::host),
                base.image().config().diffIds());
    }

    @Override
    public Result run(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException {
        Image image = image(vertex);
        List<Descriptor> layers = image.manifest().layers();
        Parallel.forEachOfFew(layers, MAX_FETCHES, () -> new Fetcher(store, image, monitor));
        List<String> ids = new ArrayList<>();
        for (LayerBlob blob : blobs(image)) {
            String id = store.addBlob(blob);
            ids.add(isForWindows(image) ? store.layers().addOfWindows(id) : id);
        }
        return store.roots().save(new Snapshot(ids));
    }

    private static boolean isForWindows(Image image) {
        return image.config().platform().os().equals("windows");
    }

    private static List<LayerBlob> blobs(Image image) {
        List<LayerBlob> blobs = new ArrayList<>();
        for (int i = 0; i < image.manifest().layers().size(); i++) {
            Descriptor layer = image.manifest().layers().get(i);
            Descriptor plain = Descriptor.of(layer.mediaType(), layer.digest(), layer.size());
            blobs.add(new LayerBlob(plain, image.config().diffIds().get(i), 0));
        }
        return blobs;
    }

    /** Of several images that hold the same layers in other blobs it is the one with the least digest, whatever came first. */
    @Override
    public List<LayerBlob> of(List<String> layers) throws IOException, InterruptedException {
        List<String> origins = new ArrayList<>();
        for (String layer : layers) {
            origins.add(store.layers().form(layer).origin().orElse(layer));
        }
        Optional<Base> base = found.values().stream()
                .filter(candidate -> isBelow(candidate.image(), origins))
                .max(Comparator.comparingInt((Base candidate) ->
                                candidate.image().config().diffIds().size())
                        .thenComparing(
                                candidate ->
                                        candidate.image().descriptor().digest().toString(),
                                Comparator.reverseOrder()));
        if (base.isEmpty()) {
            return List.of();
        }
        Image image = base.get().image();
        for (Descriptor layer : image.manifest().layers()) {
            store.blobs().fetch(layer, image.blobs());
        }
        List<LayerBlob> blobs = blobs(image);
        for (LayerBlob blob : blobs) {
            // What an image says of its layers is not believed if another one says something else.
            store.addBlob(blob);
        }
        Optional<ImageReference> repository = base.get().repository();
        return blobs.stream()
                .map(blob ->
                        repository.map(from -> LayerOrigins.with(blob, from)).orElse(blob))
                .toList();
    }

    private static boolean isBelow(Image image, List<String> layers) {
        List<String> own = image.config().diffIds().stream().map(Digest::hex).toList();
        return own.size() <= layers.size() && layers.subList(0, own.size()).equals(own);
    }

    /** Fetches layers, in one thread. */
    private record Fetcher(Store store, Image image, StepMonitor monitor) implements Parallel.Worker<Descriptor> {

        @Override
        public void accept(Descriptor layer) throws IOException, InterruptedException {
            String part = layer.digest().toString();
            ByteProgress progress = new ByteProgress(monitor, Activity.DOWNLOADING, part, layer.size());
            store.blobs().fetch(layer, blob -> progress.count(image.blobs().open(blob)));
            progress.done();
        }

        @Override
        public void close() {}
    }

    private Image image(Vertex vertex) throws IOException, InterruptedException {
        return base(vertex).image();
    }

    private Base base(Vertex vertex) throws IOException, InterruptedException {
        Base known = found.get(vertex.digest());
        if (known == null) {
            ImageRequest request = request(vertex);
            Optional<ImageReference> repository =
                    request.layout().isPresent() ? Optional.empty() : Optional.of(ImageFinder.reference(request));
            Found root = find(request);
            known = new Base(root.root().digest(), select(root, request), repository);
            found.put(vertex.digest(), known);
        }
        return known;
    }

    private static ImageRequest request(Vertex vertex) {
        SourceOp op = (SourceOp) vertex.op();
        Platform platform = vertex.platform().orElseGet(Platform::host);
        Optional<String> layout = op.scheme().equals("oci-layout")
                ? Optional.of(op.attributes().getOrDefault("oci.store", ""))
                : Optional.empty();
        ResolveMode mode = switch (op.attributes().getOrDefault("image.resolvemode", "default")) {
            case "pull" -> ResolveMode.PULL;
            case "local" -> ResolveMode.LOCAL;
            default -> ResolveMode.DEFAULT;
        };
        return new ImageRequest(op.address(), platform, layout, mode);
    }

    private Found find(ImageRequest request) throws IOException, InterruptedException {
        if (request.layout().isPresent()) {
            return layouts.find(request);
        }
        return registries.find(request);
    }

    private static Image select(Found image, ImageRequest request) throws IOException {
        try {
            return new ImageSelector(image.blobs()).select(image.root(), request.platform());
        } catch (PlatformNotFoundException | BlobNotFoundException e) {
            throw new ImageNotFoundException(request.reference() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        layouts.close();
    }
}
