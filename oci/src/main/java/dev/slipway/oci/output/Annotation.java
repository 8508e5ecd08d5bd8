package dev.slipway.oci.output;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import dev.slipway.llb.Platform;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An annotation that an output adds to an image: the option {@code annotation.KEY}, {@code annotation-LEVEL.KEY} or
 * {@code annotation-LEVEL[PLATFORM].KEY}, as BuildKit reads it.
 *
 * @param level what is annotated
 * @param platform the only platform whose image gets it; empty for all
 */
record Annotation(Level level, Optional<Platform> platform, String key, String value) {

    private static final Pattern OPTION =
            Pattern.compile("annotation(?:-(?<level>[a-z-]+))?(?:\\[(?<platform>[A-Za-z0-9_/-]+)])?\\.(?<key>\\S+)");

    /** What can be annotated. */
    enum Level {
        MANIFEST("manifest"),
        MANIFEST_DESCRIPTOR("manifest-descriptor"),
        INDEX("index"),
        INDEX_DESCRIPTOR("index-descriptor");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        private static Level of(String word) {
            for (Level level : values()) {
                if (level.word.equals(word)) {
                    return level;
                }
            }
            throw new InvalidOutputException("unrecognized annotation type " + word
                    + "; write manifest, manifest-descriptor, index or index-descriptor");
        }
    }

    /** Whether this is the name of an annotation option. */
    static boolean isOption(String name) {
        return OPTION.matcher(name).matches();
    }

    /**
     * Reads an option.
     *
     * @throws InvalidOutputException if there is no such level or platform
     */
    static Annotation of(Output output, String option) {
        Matcher parts = OPTION.matcher(option);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no annotation: " + option);
        }
        String level = Optional.ofNullable(parts.group("level")).orElse(Level.MANIFEST.word);
        return new Annotation(
                Level.of(level),
                Optional.ofNullable(parts.group("platform")).map(name -> platform(option, name)),
                parts.group("key"),
                requireNonNull(output.attributes().get(option), option));
    }

    private static Platform platform(String option, String name) {
        try {
            return Platform.parse(name).normalized();
        } catch (IllegalArgumentException e) {
            throw new InvalidOutputException(option + ": " + e.getMessage(), e);
        }
    }

    boolean isFor(Platform other) {
        return platform.filter(wanted -> !wanted.equals(other.normalized())).isEmpty();
    }

    boolean isOfIndex() {
        return level == Level.INDEX || level == Level.INDEX_DESCRIPTOR;
    }
}
