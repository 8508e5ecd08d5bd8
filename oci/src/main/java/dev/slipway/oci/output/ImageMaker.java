package dev.slipway.oci.output;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.executor.image.LayerRequest;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ConfigDocument;
import dev.slipway.oci.DocumentBlobs;
import dev.slipway.oci.Index;
import dev.slipway.oci.LayerOrigins;
import dev.slipway.oci.attest.Attestation;
import dev.slipway.oci.attest.AttestationManifest;
import dev.slipway.oci.attest.PackageUrl;
import dev.slipway.oci.attest.Statement;
import dev.slipway.oci.attest.Subject;
import dev.slipway.oci.attest.WrittenLayer;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.oci.cache.InlineCache;
import dev.slipway.oci.config.ImageConfig;
import dev.slipway.oci.disk.Parallel;
import dev.slipway.oci.image.AssembledImage;
import dev.slipway.oci.image.ImageAssembler;
import dev.slipway.oci.image.ImageLayer;
import dev.slipway.oci.image.ImageParts;
import dev.slipway.oci.output.Annotation.Level;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes images from build results: asks for the blobs of their layers, and writes configs, manifests and the index. */
final class ImageMaker {

    private static final int LAYERS_AT_ONCE = 4;
    private static final String REWRITTEN = "buildkit/rewritten-timestamp";

    private final ImageOptions options;
    private final StepMonitor monitor;
    private final Map<Wanted, LayerBlob> blobs = new ConcurrentHashMap<>();

    ImageMaker(ImageOptions options, StepMonitor monitor) {
        this.options = options;
        this.monitor = monitor;
    }

    private record Wanted(BuiltLayer layer, LayerRequest request) {}

    MadeImages make(ImageSet set) throws IOException, InterruptedException {
        warn(set);
        options.annotations().check(set.targets(options.attestations().inline()));
        List<List<Wanted>> layers = new ArrayList<>();
        for (BuiltImage image : set.images()) {
            LayerRequest request = request(image.spec());
            layers.add(image.layers().stream()
                    .map(layer -> new Wanted(layer, request))
                    .toList());
        }
        List<Wanted> distinct = layers.stream().flatMap(List::stream).distinct().toList();
        Parallel.forEachOfFew(distinct, LAYERS_AT_ONCE, Compression::new);
        List<AssembledImage> images = new ArrayList<>();
        List<Bytes> documents = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            ImageSpec spec = set.images().get(i).spec();
            AssembledImage image = assemble(spec, config(spec, set.cache(), layers.get(i)), layers.get(i));
            images.add(image);
            documents.addAll(image.documents());
        }
        Descriptor root = images.get(0).descriptor();
        if (set.isIndex(options.attestations().inline())) {
            List<Descriptor> manifests = new ArrayList<>();
            images.forEach(image -> manifests.add(image.descriptor()));
            for (AttestationManifest attestation : attestations(set, images, layers)) {
                manifests.add(attestation.descriptor());
                documents.addAll(attestation.documents());
            }
            Index index = ImageAssembler.index(
                    manifests, options.format(), options.annotations().on(Level.INDEX));
            root = Descriptor.of(options.format().index(), index.toJson())
                    .withAnnotations(options.annotations().on(Level.INDEX_DESCRIPTOR));
            documents.add(Bytes.of(index.toJson()));
        }
        return new MadeImages(root, images, new DocumentBlobs(documents, blobs()), origins());
    }

    /** The manifests with what is said about the images: all that is said, since there is an index. */
    private List<AttestationManifest> attestations(ImageSet set, List<AssembledImage> images, List<List<Wanted>> layers)
            throws IOException, InterruptedException {
        List<AttestationManifest> manifests = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            if (!set.attestations().get(i).isEmpty()) {
                options.checkAttestations();
                AssembledImage image = images.get(i);
                List<WrittenLayer> written = written(image, layers.get(i));
                List<Statement> statements = new ArrayList<>();
                for (Attestation attestation : set.attestations().get(i)) {
                    statements.add(Statement.of(attestation, subjects(image.descriptor()), written));
                }
                manifests.add(AttestationManifest.of(
                        image.descriptor(), statements, options.attestations().artifact()));
            }
        }
        return manifests;
    }

    private static List<WrittenLayer> written(AssembledImage image, List<Wanted> layers) {
        return IntStream.range(0, layers.size())
                .mapToObj(i -> new WrittenLayer(
                        layers.get(i).layer(), image.manifest().layers().get(i)))
                .toList();
    }

    /** The names that the image gets, as BuildKit writes them. */
    private List<Subject> subjects(Descriptor image) {
        return options.names().stream()
                .map(name -> Subject.of(PackageUrl.docker(name, image.platform()), image.digest()))
                .toList();
    }

    private void warn(ImageSet set) {
        options.warnings().forEach(monitor::warn);
        boolean timeless = set.images().stream()
                .anyMatch(image -> options.epoch().of(image.spec()).isEmpty());
        if (options.rewriteTimes() && timeless) {
            monitor.warn(
                    "rewrite-timestamp=true has no effect without a time; set the build argument SOURCE_DATE_EPOCH");
        }
    }

    private LayerRequest request(ImageSpec spec) {
        return new LayerRequest(
                options.compression(),
                options.force(),
                options.rewriteTimes() ? options.epoch().of(spec) : Optional.empty());
    }

    /** Asks for blobs, in one thread. */
    private final class Compression implements Parallel.Worker<Wanted> {

        @Override
        public void accept(Wanted wanted) throws IOException, InterruptedException {
            blobs.put(wanted, wanted.layer().blob(wanted.request(), monitor));
        }

        @Override
        public void close() {}
    }

    private Map<Digest, List<ImageReference>> origins() {
        Map<Digest, List<ImageReference>> origins = new HashMap<>();
        for (LayerBlob blob : blobs.values()) {
            origins.put(blob.descriptor().digest(), LayerOrigins.of(blob));
        }
        return origins;
    }

    /** Several layers may have equal blobs: any of these layers can read them. */
    private BlobSource blobs() {
        Map<Digest, BuiltLayer> layers = blobs.entrySet().stream()
                .collect(Collectors.toMap(
                        blob -> blob.getValue().descriptor().digest(),
                        blob -> blob.getKey().layer(),
                        (one, other) -> one));
        return descriptor -> {
            BuiltLayer layer = layers.get(descriptor.digest());
            if (layer == null) {
                throw new BlobNotFoundException("no layer of the image has the blob " + descriptor.digest());
            }
            return layer.open(descriptor);
        };
    }

    /** Says of a new layer what BuildKit says of it: up to when times of files were left in it, in seconds since 1970. */
    private static Descriptor rewritten(Descriptor layer, LayerRequest request) {
        if (request.latest().isEmpty()) {
            return layer;
        }
        SortedMap<String, String> annotations = new TreeMap<>(layer.annotations());
        annotations.put(REWRITTEN, Long.toString(request.latest().get().getEpochSecond()));
        return layer.withAnnotations(annotations);
    }

    /** The config that the image is to have, with the records of a cache in it whose results are its layers. */
    private static Bytes config(ImageSpec spec, CacheGraph<List<BuiltLayer>> cache, List<Wanted> wanted)
            throws IOException {
        List<BuiltLayer> layers = wanted.stream().map(Wanted::layer).toList();
        Optional<Bytes> records = InlineCache.write(cache, layers);
        return records.isPresent() ? InlineCache.addTo(spec.config(), records.get()) : spec.config();
    }

    private AssembledImage assemble(ImageSpec spec, Bytes config, List<Wanted> wanted) throws IOException {
        Optional<ImageConfig> base = Optional.empty();
        if (spec.baseConfig().isPresent()) {
            base = Optional.of(ConfigDocument.parse(spec.baseConfig().get()).config());
        }
        List<Digest> baseLayers = base.map(ImageConfig::diffIds).orElse(List.of());
        List<ImageLayer> layers = new ArrayList<>();
        boolean isOfBase = true;
        for (Wanted layer : wanted) {
            LayerBlob blob = requireNonNull(blobs.get(layer));
            isOfBase &= layers.size() < baseLayers.size()
                    && baseLayers.get(layers.size()).equals(blob.diffId());
            layers.add(new ImageLayer(
                    isOfBase ? blob.descriptor() : rewritten(blob.descriptor(), layer.request()),
                    blob.diffId(),
                    layer.layer().created().map(time -> time.atOffset(ZoneOffset.UTC)),
                    ""));
        }
        Annotations notes = options.annotations();
        AssembledImage image = ImageAssembler.image(new ImageParts(
                spec.platform(),
                ConfigDocument.parse(config),
                layers,
                base,
                options.epoch().of(spec),
                options.format(),
                notes.on(Level.MANIFEST, spec.platform())));
        Descriptor descriptor =
                image.descriptor().withAnnotations(notes.on(Level.MANIFEST_DESCRIPTOR, spec.platform()));
        return new AssembledImage(descriptor, image.manifest(), image.document());
    }
}
