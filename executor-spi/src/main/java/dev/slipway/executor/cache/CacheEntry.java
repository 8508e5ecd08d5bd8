package dev.slipway.executor.cache;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;

/**
 * Something kept for later builds that can be removed by itself.
 *
 * @param id a unique name
 * @param type the kind of entry
 * @param description a description for people; may be empty
 * @param size bytes on disk
 * @param created the time it was made
 * @param lastUsed the time a build last used it, to the hour
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

    /** The kinds of entries, with BuildKit's names. */
    public enum Type {
        /** A layer that a step made or that came in an image. */
        REGULAR,
        /** Content read from a client's folder. */
        SOURCE_LOCAL,
        /** Commits fetched from a git repository. */
        SOURCE_GIT_CHECKOUT,
        /** The folder of a cache mount. */
        EXEC_CACHEMOUNT,
        /** Small entries that save requests and reads, and what builds reported. */
        INTERNAL;

        /** The name in filters and listings, such as {@code exec.cachemount}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '.');
        }
    }
}
