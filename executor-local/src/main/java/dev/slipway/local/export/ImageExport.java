package dev.slipway.local.export;

import dev.slipway.executor.ExportRequest;
import dev.slipway.executor.ExportRequest.PlatformImage;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Bytes;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.store.Store;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DocumentBlobs;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Index;
import dev.slipway.oci.disk.Parallel;
import dev.slipway.oci.image.AssembledImage;
import dev.slipway.oci.image.ImageAssembler;
import dev.slipway.oci.image.ImageFormat;
import dev.slipway.oci.image.ImageLayer;
import dev.slipway.oci.image.ImageParts;
import dev.slipway.oci.layer.LayerBlob;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Makes images of results: compresses the layers that have no blob yet, and writes configs, manifests and index. */
final class ImageExport {

    private static final int LAYERS_AT_ONCE = 4;

    private final Store store;
    private final ImageOptions options;
    private final BaseLayers bases;
    private final StepMonitor monitor;
    private final Map<ExportedLayer, LayerBlob> blobs = new ConcurrentHashMap<>();

    ImageExport(Store store, BaseLayers bases, ImageOptions options, StepMonitor monitor) {
        this.store = store;
        this.bases = bases;
        this.options = options;
        this.monitor = monitor;
    }

    /**
     * Images that were made.
     *
     * @param root the index, or the manifest of the only image
     * @param images one for each platform
     * @param blobs where everything below the root is read
     */
    record Made(Descriptor root, List<AssembledImage> images, DocumentBlobs blobs) {}

    Made make(ExportRequest request) throws IOException, InterruptedException {
        warn(request);
        List<List<ExportedLayer>> layers = new ArrayList<>();
        for (PlatformImage image : request.images()) {
            layers.add(layers(image));
        }
        List<ExportedLayer> distinct =
                layers.stream().flatMap(List::stream).distinct().toList();
        Parallel.forEachOfFew(distinct, LAYERS_AT_ONCE, Compression::new);
        List<AssembledImage> images = new ArrayList<>();
        List<Bytes> documents = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            AssembledImage image = assemble(request.images().get(i), layers.get(i));
            images.add(image);
            documents.addAll(image.documents());
        }
        Descriptor root = images.get(0).descriptor();
        if (request.multiPlatform()) {
            List<Descriptor> manifests =
                    images.stream().map(AssembledImage::descriptor).toList();
            Index index = ImageAssembler.index(manifests, options.format(), new TreeMap<>());
            root = Descriptor.of(options.format().index(), index.toJson());
            documents.add(Bytes.of(index.toJson()));
        }
        return new Made(root, images, new DocumentBlobs(documents, store.blobs()));
    }

    /**
     * A layer as it is exported.
     *
     * @param id its id
     * @param origin the id of the layer that it was in the build, which knows when it was made
     * @param came the blob in which the image's base has it, if it does
     */
    private record ExportedLayer(String id, String origin, Optional<LayerBlob> came) {}

    private void warn(ExportRequest request) {
        options.warnings().forEach(monitor::warn);
        boolean timeless = request.images().stream()
                .anyMatch(image -> options.epoch().of(image).isEmpty());
        if (options.rewriteTimes() && timeless) {
            monitor.warn(
                    "rewrite-timestamp=true has no effect without a time; set the build argument SOURCE_DATE_EPOCH");
        }
    }

    /** Layers that came in images stay what they are. */
    private List<ExportedLayer> layers(PlatformImage image) throws IOException, InterruptedException {
        Optional<Instant> epoch = options.epoch().of(image);
        List<String> ids = store.roots().snapshot(image.root()).layers();
        List<LayerBlob> came = bases.of(ids);
        List<ExportedLayer> layers = new ArrayList<>();
        for (String id : ids) {
            boolean settle = options.rewriteTimes()
                    && epoch.isPresent()
                    && store.layers().isMadeHere(id);
            int number = layers.size();
            Optional<LayerBlob> blob = number < came.size() ? Optional.of(came.get(number)) : Optional.empty();
            layers.add(new ExportedLayer(settle ? settled(id, epoch.get()) : id, id, blob));
        }
        return layers;
    }

    private String settled(String id, Instant epoch) throws IOException, InterruptedException {
        Directory settled = SettledTimes.noLaterThan(store.layers().load(id), epoch);
        return store.layers().add(settled, store.layers().form(id));
    }

    /** Compresses layers, in one thread. */
    private final class Compression implements Parallel.Worker<ExportedLayer> {

        @Override
        public void accept(ExportedLayer wanted) throws IOException, InterruptedException {
            LayerBlob blob =
                    store.compressor().blob(wanted.id(), wanted.came(), options.compression(), options.force());
            blobs.put(wanted, blob);
            monitor.progress(
                    blob.descriptor().digest().toString(),
                    blob.descriptor().size(),
                    blob.descriptor().size());
        }

        @Override
        public void close() {}
    }

    private AssembledImage assemble(PlatformImage image, List<ExportedLayer> exported) throws IOException {
        List<ImageLayer> layers = new ArrayList<>();
        for (ExportedLayer layer : exported) {
            LayerBlob blob = blobs.get(layer);
            layers.add(new ImageLayer(
                    blob.descriptor(),
                    blob.diffId(),
                    store.layers().created(layer.origin()).map(time -> time.atOffset(ZoneOffset.UTC)),
                    ""));
        }
        Optional<ImageConfig> base = Optional.empty();
        if (image.baseConfig().isPresent()) {
            base = Optional.of(ImageConfig.parse(image.baseConfig().get()));
        }
        ImageFormat format = options.format();
        return ImageAssembler.image(new ImageParts(
                image.platform(),
                ImageConfig.parse(image.config()),
                layers,
                base,
                options.epoch().of(image),
                format,
                new TreeMap<>()));
    }
}
