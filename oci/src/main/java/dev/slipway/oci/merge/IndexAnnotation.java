package dev.slipway.oci.merge;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Platform;
import java.util.Optional;

/**
 * An annotation of an index, or of its entries.
 *
 * @param level what is annotated
 * @param platform the platform of the entries that get it; empty for all
 * @param key its name
 * @param value its text
 */
public record IndexAnnotation(Level level, Optional<Platform> platform, String key, String value) {

    public IndexAnnotation {
        requireNonNull(level, "level is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(key, "key is null");
        requireNonNull(value, "value is null");
    }

    /** What is annotated. */
    public enum Level {
        /** In the index. */
        INDEX,
        /** In the entries of the index. */
        MANIFEST_DESCRIPTOR
    }

    boolean isOf(Descriptor entry) {
        return level == Level.MANIFEST_DESCRIPTOR
                && (platform.isEmpty()
                        || entry.platform().map(Platform::normalized).equals(platform.map(Platform::normalized)));
    }
}
