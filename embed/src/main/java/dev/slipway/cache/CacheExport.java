package dev.slipway.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Compression.Format;
import dev.slipway.executor.image.LayerRequest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a build writes its cache, as {@code --cache-to} of buildx has it. What other builds have written there stays.
 *
 * @param type {@code registry}, {@code local} or {@code inline}
 * @param attributes further options of the type, by buildx's names ({@code ref}, {@code dest}, {@code mode}, {@code compression}, ...)
 */
public record CacheExport(String type, SortedMap<String, String> attributes) {

    private static final String DESTINATION = "dest";
    private static final String MODE = "mode";
    private static final String IGNORE_ERROR = "ignore-error";
    private static final String IMAGE_MANIFEST = "image-manifest";
    private static final String OCI_MEDIA_TYPES = "oci-mediatypes";
    private static final String COMPRESSION = "compression";
    private static final String LEVEL = "compression-level";
    private static final String FORCE = "force-compression";

    /** In all formats, the level that is taken unless told otherwise. */
    private static final String USUAL_LEVEL = "-1";

    private static final Map<String, SortedSet<String>> TYPES = Map.of(
            CacheOptions.REGISTRY,
            stored(CacheOptions.REF, CacheOptions.INSECURE),
            CacheOptions.LOCAL,
            stored(DESTINATION, CacheOptions.TAG),
            CacheOptions.INLINE,
            new TreeSet<>(List.of(MODE, IGNORE_ERROR)));

    private static SortedSet<String> stored(String... own) {
        SortedSet<String> options =
                new TreeSet<>(List.of(MODE, IGNORE_ERROR, IMAGE_MANIFEST, OCI_MEDIA_TYPES, COMPRESSION, LEVEL, FORCE));
        options.addAll(List.of(own));
        return options;
    }

    /** @throws IllegalArgumentException if the type or an option is unknown, or one that must be there is missing */
    public CacheExport {
        requireNonNull(type, "type is null");
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(attributes, "attributes is null")));
        CacheOptions.check(type, attributes, TYPES);
        if (type.equals(CacheOptions.LOCAL)
                && attributes.getOrDefault(DESTINATION, "").isEmpty()) {
            throw new IllegalArgumentException("type=local needs dest=FOLDER");
        }
        String mode = attributes.getOrDefault(MODE, "min");
        if (!mode.equals("min") && !mode.equals("max")) {
            throw new IllegalArgumentException("mode=" + mode + ": write min or max");
        }
        if (type.equals(CacheOptions.INLINE) && mode.equals("max")) {
            throw new IllegalArgumentException(
                    "a cache of type=inline has the layers of the image alone; leave out mode=max");
        }
        boolean oci = CacheOptions.flag(attributes, OCI_MEDIA_TYPES, true);
        if (!oci && CacheOptions.flag(attributes, IMAGE_MANIFEST, false)) {
            throw new IllegalArgumentException(
                    "image-manifest=true needs the media types of OCI; leave it out, or oci-mediatypes=false");
        }
        CacheOptions.flag(attributes, IGNORE_ERROR, false);
        CacheOptions.flag(attributes, FORCE, false);
        compression(attributes);
    }

    /**
     * A cache in a registry.
     *
     * @param reference such as {@code registry.example.com/app:cache}; the tag is {@code latest} if it has none
     * @throws IllegalArgumentException if it is no name with a tag
     */
    public static CacheExport registry(String reference) {
        return new CacheExport(
                CacheOptions.REGISTRY,
                new TreeMap<>(Map.of(CacheOptions.REF, requireNonNull(reference, "reference is null"))));
    }

    /** A cache in a folder, which is made if it is missing. */
    public static CacheExport local(Path folder) {
        return new CacheExport(
                CacheOptions.LOCAL,
                new TreeMap<>(Map.of(
                        DESTINATION, requireNonNull(folder, "folder is null").toString())));
    }

    /** A cache in the configs of the images that are written. */
    public static CacheExport inline() {
        return new CacheExport(CacheOptions.INLINE, new TreeMap<>());
    }

    /**
     * The same cache with an option added or replaced.
     *
     * @throws IllegalArgumentException if there is no such option, or it has no meaning
     */
    public CacheExport with(String option, String value) {
        return new CacheExport(type, CacheOptions.with(attributes, option, value));
    }

    /** The name of a cache in a registry. */
    public Optional<ImageReference> reference() {
        return Optional.ofNullable(attributes.get(CacheOptions.REF)).map(ImageReference::parse);
    }

    /** Whether the registry is asked whoever it is, over HTTP if it does not speak HTTPS. */
    public boolean isInsecure() {
        return CacheOptions.flag(attributes, CacheOptions.INSECURE, false);
    }

    /** The folder of a local cache. */
    public Optional<Path> folder() {
        return Optional.ofNullable(attributes.get(DESTINATION)).map(Path::of);
    }

    /** What a local cache is listed as. */
    public String tag() {
        return attributes.getOrDefault(CacheOptions.TAG, "latest");
    }

    /** Whether the cache is in the configs of images. */
    public boolean isInline() {
        return type.equals(CacheOptions.INLINE);
    }

    /** Whether the results of all steps are in it, and not only those that the images are made of. */
    public boolean isMax() {
        return attributes.getOrDefault(MODE, "min").equals("max");
    }

    /** Whether a build goes on if its cache cannot be written. */
    public boolean ignoresErrors() {
        return CacheOptions.flag(attributes, IGNORE_ERROR, false);
    }

    /** Whether media types are those of OCI, and not Docker's. */
    public boolean hasOciMediaTypes() {
        return CacheOptions.flag(attributes, OCI_MEDIA_TYPES, true);
    }

    /** Whether it looks like an image to a registry, and not like an index. */
    public boolean isImageManifest() {
        return CacheOptions.flag(attributes, IMAGE_MANIFEST, hasOciMediaTypes());
    }

    /** How its layers are written. */
    public LayerRequest layers() {
        return new LayerRequest(compression(attributes), CacheOptions.flag(attributes, FORCE, false), Optional.empty());
    }

    private static Compression compression(SortedMap<String, String> attributes) {
        String name = attributes.getOrDefault(COMPRESSION, Format.GZIP.attribute());
        Compression chosen = switch (name) {
            case "gzip" -> Compression.GZIP;
            case "zstd" -> Compression.ZSTD;
            case "uncompressed" -> Compression.NONE;
            default ->
                throw new IllegalArgumentException(
                        "compression=" + name + " is not supported; write gzip, zstd or uncompressed");
        };
        String level = attributes.getOrDefault(LEVEL, USUAL_LEVEL);
        if (level.equals(USUAL_LEVEL)) {
            return chosen;
        }
        try {
            return new Compression(chosen.format(), Integer.parseInt(level));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("compression-level " + level + " is not a number", e);
        }
    }
}
