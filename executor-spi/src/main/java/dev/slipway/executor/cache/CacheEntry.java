package dev.slipway.executor.cache;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that is kept for later builds and can be removed alone.
 *
 * @param id a name that nothing else has
 * @param type what kind of thing it is
 * @param description what it is, for people; may be empty
 * @param size bytes on disk
 * @param created when it was made
 * @param lastUsed when a build used it last, to the hour
 * @param inUse whether a running build uses it, so that it cannot be removed now
 */
public record CacheEntry(
        String id, Type type, String description, long size, Instant created, Instant lastUsed, boolean inUse) {

    public CacheEntry {
        requireNonNull(id, "id is null");
        requireNonNull(type, "type is null");
        requireNonNull(description, "description is null");
        requireNonNull(created, "created is null");
        requireNonNull(lastUsed, "lastUsed is null");
    }

    /** Kinds of entries, with BuildKit's names. */
    public enum Type {
        /** A layer that a step made or that came in an image. */
        REGULAR,
        /** What was read of a client's folder. */
        SOURCE_LOCAL,
        /** What was fetched of a git repository. */
        SOURCE_GIT_CHECKOUT,
        /** The folder of a cache mount. */
        EXEC_CACHEMOUNT,
        /** Small things that save requests and reading. */
        INTERNAL;

        /** The name in filters and listings, such as {@code exec.cachemount}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '.');
        }
    }
}
