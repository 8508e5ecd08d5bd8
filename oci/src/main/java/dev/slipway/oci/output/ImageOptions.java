package dev.slipway.oci.output;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Compression.Format;
import dev.slipway.executor.text.Reason;
import dev.slipway.oci.image.ImageFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The options of an output that say how images are made.
 *
 * @param compression how layers without a blob are compressed
 * @param force whether all layers have to be compressed like this
 * @param format OCI's or Docker's media types
 * @param epoch the latest time that may appear in it
 * @param rewriteTimes whether this also applies to the files of new layers
 * @param attestations how attestations are written
 * @param annotations those of manifests, of the index and of their descriptors
 * @param names of the image, with tags
 * @param warnings options that have no effect here
 */
record ImageOptions(
        Compression compression,
        boolean force,
        ImageFormat format,
        OutputEpoch epoch,
        boolean rewriteTimes,
        AttestationOptions attestations,
        Annotations annotations,
        List<ImageReference> names,
        List<String> warnings) {

    /** Whether a layout is an archive, or a folder. */
    static final String TAR = "tar";

    private static final String FORCE = "force-compression";
    private static final String REWRITE = "rewrite-timestamp";
    private static final String NONDISTRIBUTABLE = "prefer-nondist-layers";
    private static final String UNPACK = "unpack";
    private static final String STORE = "store";
    private static final String CANONICAL = "name-canonical";
    private static final String DANGLING = "dangling-name-prefix";

    /** BuildKit spells it like this. */
    private static final String DANGLING_ONLY = "danging-name-empty-only";

    /** The default level of all formats. */
    private static final String USUAL_LEVEL = "-1";

    /** All options of an image. */
    static final SortedSet<String> NAMES = Collections.unmodifiableSortedSet(new TreeSet<>(List.of(
            TAR,
            "name",
            "compression",
            "compression-level",
            FORCE,
            AttestationOptions.OCI,
            AttestationOptions.ARTIFACT,
            AttestationOptions.INLINE,
            OutputEpoch.OPTION,
            REWRITE,
            NONDISTRIBUTABLE,
            UNPACK,
            STORE)));

    /** More options of an image, for the image store that BuildKit has besides its cache. */
    static final SortedSet<String> STORED =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of(CANONICAL, DANGLING, DANGLING_ONLY)));

    /** The options of an image without an output. */
    static final ImageOptions USUAL = of(new Output("oci", Optional.empty(), new TreeMap<>()));

    ImageOptions {
        names = List.copyOf(names);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the options of an output.
     *
     * @throws InvalidOutputException if one is invalid
     */
    static ImageOptions of(Output output) {
        ImageFormat format = output.flag(AttestationOptions.OCI, true) ? ImageFormat.OCI : ImageFormat.DOCKER;
        return new ImageOptions(
                compression(output),
                PushOptions.isSet(output, FORCE),
                format,
                OutputEpoch.of(output),
                output.flag(REWRITE, false),
                AttestationOptions.of(output),
                Annotations.of(output, format),
                names(output),
                warnings(output));
    }

    /**
     * Checks that attestations can be written.
     *
     * @throws InvalidOutputException if they cannot
     */
    void checkAttestations() {
        if (format != ImageFormat.OCI) {
            throw new InvalidOutputException(
                    "cannot export attestations with \"oci-mediatypes=false\"; leave out one of them");
        }
    }

    private static Compression compression(Output output) {
        String name = output.attributes().getOrDefault("compression", Format.GZIP.attribute());
        Compression chosen = Stream.of(Format.values())
                .filter(format -> format.attribute().equals(name))
                .findFirst()
                .map(ImageOptions::usual)
                .orElseThrow(() -> new InvalidOutputException("compression=" + name + " is not supported; known are "
                        + Stream.of(Format.values())
                                .map(Format::attribute)
                                .sorted()
                                .collect(Collectors.joining(", "))));
        String level = output.attributes().get("compression-level");
        if (level == null || level.equals(USUAL_LEVEL)) {
            return chosen;
        }
        try {
            return new Compression(chosen.format(), Integer.parseInt(level));
        } catch (NumberFormatException e) {
            throw new InvalidOutputException("compression-level " + level + " is not a number", e);
        } catch (IllegalArgumentException e) {
            throw new InvalidOutputException(Reason.of(e), e);
        }
    }

    private static Compression usual(Format format) {
        return switch (format) {
            case NONE -> Compression.NONE;
            case GZIP -> Compression.GZIP;
            case ZSTD -> Compression.ZSTD;
        };
    }

    private static List<String> warnings(Output output) {
        List<String> warnings = new ArrayList<>();
        if (output.flag(NONDISTRIBUTABLE, false)) {
            warnings.add(
                    NONDISTRIBUTABLE + "=true has no effect: all layers are written as ones that may be distributed");
        }
        for (String option : List.of(UNPACK, STORE, CANONICAL, DANGLING_ONLY)) {
            if (PushOptions.isSet(output, option)) {
                warnings.add(option + "=true has no effect: there is no image store here");
            }
        }
        if (!output.attributes().getOrDefault(DANGLING, "").isEmpty()) {
            warnings.add(DANGLING + " has no effect: there is no image store here");
        }
        return warnings;
    }

    private static List<ImageReference> names(Output output) {
        List<ImageReference> names = new ArrayList<>();
        for (String name : output.attributes().getOrDefault("name", "").split(",")) {
            if (!name.isBlank()) {
                names.add(name(name.strip()));
            }
        }
        return names;
    }

    /**
     * Reads a name.
     *
     * @throws InvalidOutputException if it is not a name
     */
    static ImageReference name(String text) {
        try {
            return ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidOutputException("invalid image name " + text + ": " + e.getMessage(), e);
        }
    }
}
