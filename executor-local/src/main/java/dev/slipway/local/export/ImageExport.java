package dev.slipway.local.export;

import dev.slipway.executor.ExportRequest;
import dev.slipway.executor.ExportRequest.PlatformImage;
import dev.slipway.executor.StepMonitor;
import dev.slipway.llb.Bytes;
import dev.slipway.local.store.Parallel;
import dev.slipway.local.store.Store;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DocumentBlobs;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Index;
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
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Makes images of results: compresses the layers that have no blob yet, and writes configs, manifests and index. */
final class ImageExport {

    private static final int LAYERS_AT_ONCE = 4;

    private final Store store;
    private final ImageOptions options;
    private final StepMonitor monitor;
    private final Map<String, LayerBlob> blobs = new ConcurrentHashMap<>();

    ImageExport(Store store, ImageOptions options, StepMonitor monitor) {
        this.store = store;
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
        List<List<String>> layers = new ArrayList<>();
        for (PlatformImage image : request.images()) {
            layers.add(store.roots().snapshot(image.root()).layers());
        }
        List<String> distinct = layers.stream().flatMap(List::stream).distinct().toList();
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

    /** Compresses layers, in one thread. */
    private final class Compression implements Parallel.Worker<String> {

        @Override
        public void accept(String layer) throws IOException, InterruptedException {
            LayerBlob blob = store.compressor().blob(layer, options.compression(), options.force());
            blobs.put(layer, blob);
            monitor.progress(
                    blob.descriptor().digest().toString(),
                    blob.descriptor().size(),
                    blob.descriptor().size());
        }

        @Override
        public void close() {}
    }

    /** What the output says counts more than what the build says. */
    private Optional<Instant> epoch(PlatformImage image) {
        OptionalLong seconds = image.sourceDateEpoch();
        return options.epoch()
                .or(() -> seconds.isPresent()
                        ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong()))
                        : Optional.empty());
    }

    private AssembledImage assemble(PlatformImage image, List<String> ids) throws IOException {
        List<ImageLayer> layers = new ArrayList<>();
        for (String id : ids) {
            LayerBlob blob = blobs.get(id);
            layers.add(new ImageLayer(
                    blob.descriptor(),
                    blob.diffId(),
                    store.layers().created(id).map(time -> time.atOffset(ZoneOffset.UTC)),
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
                epoch(image),
                format,
                new TreeMap<>()));
    }
}
