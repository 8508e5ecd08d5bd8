package dev.slipway.local.export;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.Output;
import dev.slipway.oci.image.ImageFormat;
import dev.slipway.oci.layer.Compression;
import dev.slipway.oci.layer.Compression.Format;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The options of an output that say how images are made.
 *
 * @param compression how layers are compressed that have no blob yet
 * @param force whether all layers have to be compressed like that
 * @param format whose media types the image gets
 * @param epoch the latest time that may stand in it
 * @param names of the image, with tags
 */
record ImageOptions(
        Compression compression,
        boolean force,
        ImageFormat format,
        Optional<Instant> epoch,
        List<ImageReference> names) {

    /** Whether a layout is an archive, or a folder. */
    static final String TAR = "tar";

    /** All options of an image. */
    static final SortedSet<String> NAMES = Collections.unmodifiableSortedSet(new TreeSet<>(List.of(
            TAR,
            "name",
            "compression",
            "compression-level",
            "force-compression",
            "oci-mediatypes",
            "source-date-epoch")));

    ImageOptions {
        names = List.copyOf(names);
    }

    /**
     * Reads the options of an output.
     *
     * @throws ExecutorException if one has no meaning
     */
    static ImageOptions of(Output output) {
        return new ImageOptions(
                compression(output),
                output.flag("force-compression", false),
                output.flag("oci-mediatypes", true) ? ImageFormat.OCI : ImageFormat.DOCKER,
                epoch(output),
                names(output));
    }

    private static Compression compression(Output output) {
        String name = output.attributes().getOrDefault("compression", Format.GZIP.attribute());
        Compression chosen = switch (name) {
            case "gzip" -> Compression.GZIP;
            case "zstd" -> Compression.ZSTD;
            case "uncompressed" -> Compression.NONE;
            default ->
                throw new ExecutorException("unsupported compression " + name + "; use gzip, zstd or uncompressed");
        };
        String level = output.attributes().get("compression-level");
        if (level == null) {
            return chosen;
        }
        try {
            return new Compression(chosen.format(), Integer.parseInt(level));
        } catch (NumberFormatException e) {
            throw new ExecutorException("compression-level " + level + " is no number", e);
        } catch (IllegalArgumentException e) {
            throw new ExecutorException(e.getMessage(), e);
        }
    }

    private static Optional<Instant> epoch(Output output) {
        String seconds = output.attributes().getOrDefault("source-date-epoch", "");
        try {
            return seconds.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)));
        } catch (NumberFormatException e) {
            throw new ExecutorException("source-date-epoch " + seconds + " is no number of seconds", e);
        }
    }

    private static List<ImageReference> names(Output output) {
        List<ImageReference> names = new ArrayList<>();
        for (String name : output.attributes().getOrDefault("name", "").split(",")) {
            if (!name.isBlank()) {
                try {
                    names.add(ImageReference.parse(name.strip()));
                } catch (IllegalArgumentException e) {
                    throw new ExecutorException("invalid image name " + name.strip() + ": " + e.getMessage(), e);
                }
            }
        }
        return names;
    }
}
