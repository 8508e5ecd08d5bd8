package dev.slipway.oci.output;

import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import dev.slipway.llb.Platform;
import dev.slipway.oci.image.ImageFormat;
import dev.slipway.oci.output.Annotation.Level;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All annotations that an output adds to its images.
 *
 * @param all those for one platform come after those for every platform, which they override
 */
record Annotations(List<Annotation> all) {

    Annotations {
        all = all.stream()
                .sorted(Comparator.comparing(note -> note.platform().isPresent()))
                .toList();
    }

    /**
     * Reads the options of an output.
     *
     * @throws InvalidOutputException if one is invalid, or the image format does not support it
     */
    static Annotations of(Output output, ImageFormat format) {
        Annotations found = new Annotations(output.attributes().keySet().stream()
                .filter(Annotation::isOption)
                .map(option -> Annotation.of(output, option))
                .toList());
        // BuildKit writes those of a manifest all the same.
        if (format == ImageFormat.DOCKER && found.all.stream().anyMatch(note -> note.level() != Level.MANIFEST)) {
            throw new InvalidOutputException("cannot export annotations with \"oci-mediatypes=false\"");
        }
        return found;
    }

    /**
     * Checks that what they annotate will be made. BuildKit ignores those for the platform of an image without an index.
     *
     * @throws InvalidOutputException if it is not
     */
    void check(Targets targets) {
        for (Annotation note : all) {
            if (note.isOfIndex() && !targets.multiPlatform()) {
                throw new InvalidOutputException("index annotations not supported for single platform export");
            }
            if (!targets.platforms().isEmpty() && targets.platforms().stream().noneMatch(note::isFor)) {
                throw new InvalidOutputException("invalid annotation: no platform "
                        + note.platform().orElseThrow().formatAll() + " found in source");
            }
        }
    }

    /** Those of the manifest for a platform, or of its descriptor. */
    SortedMap<String, String> on(Level level, Platform platform) {
        SortedMap<String, String> found = new TreeMap<>();
        all.stream()
                .filter(note -> note.level() == level && note.isFor(platform))
                .forEach(note -> found.put(note.key(), note.value()));
        return found;
    }

    /** Those of the index, or of its descriptor. */
    SortedMap<String, String> on(Level level) {
        SortedMap<String, String> found = new TreeMap<>();
        all.stream().filter(note -> note.level() == level).forEach(note -> found.put(note.key(), note.value()));
        return found;
    }
}
