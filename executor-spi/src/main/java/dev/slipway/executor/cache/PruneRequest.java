package dev.slipway.executor.cache;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What to remove. Without a size: everything that the filter selects and that was not used for the duration. With a size: the least
 * recently used entries, one by one, until what is left is small enough.
 *
 * @param all whether to remove internal entries too
 * @param filter which entries to consider and count
 * @param keepDuration entries used within this time stay
 * @param maxUsedSpace the bytes that may be used; 0 for no limit
 * @param reservedSpace bytes that may always be used; 0 for none
 * @param minFreeSpace bytes of the disk that should be free; 0 for no limit
 */
public record PruneRequest(
        boolean all,
        EntryFilter filter,
        Duration keepDuration,
        long maxUsedSpace,
        long reservedSpace,
        long minFreeSpace) {

    /** Removes everything that is not internal and not in use. */
    public static final PruneRequest EVERYTHING = new PruneRequest(false, EntryFilter.ANY, Duration.ZERO, 0, 0, 0);

    public PruneRequest {
        requireNonNull(filter, "filter is null");
        requireNonNull(keepDuration, "keepDuration is null");
        if (maxUsedSpace < 0 || reservedSpace < 0 || minFreeSpace < 0) {
            throw new IllegalArgumentException("sizes cannot be negative");
        }
    }

    /** Whether removal stops when few enough bytes are left. */
    public boolean isBounded() {
        return maxUsedSpace > 0 || reservedSpace > 0 || minFreeSpace > 0;
    }

    /**
     * The number of bytes that may stay if the request has a limit: what may be used, less if the disk is nearly full, but never
     * less than what is reserved.
     *
     * @param used the bytes in use now
     * @param free the free bytes of the disk now
     */
    public long bytesToKeep(long used, long free) {
        long keep = maxUsedSpace > 0 ? maxUsedSpace : minFreeSpace > 0 ? Long.MAX_VALUE : 0;
        if (minFreeSpace > free) {
            keep = Math.min(keep, used - (minFreeSpace - free));
        }
        return Math.max(keep, reservedSpace);
    }

    /** This request, including internal entries. */
    public PruneRequest withAll() {
        return new PruneRequest(true, filter, keepDuration, maxUsedSpace, reservedSpace, minFreeSpace);
    }

    /** This request for the entries that a filter selects. */
    public PruneRequest withFilter(EntryFilter taken) {
        return new PruneRequest(all, taken, keepDuration, maxUsedSpace, reservedSpace, minFreeSpace);
    }

    /** This request, sparing entries used within this time. */
    public PruneRequest withKeepDuration(Duration duration) {
        return new PruneRequest(all, filter, duration, maxUsedSpace, reservedSpace, minFreeSpace);
    }

    /** This request with limits: see the fields of the same names. */
    public PruneRequest withSpace(long maxUsed, long reserved, long minFree) {
        return new PruneRequest(all, filter, keepDuration, maxUsed, reserved, minFree);
    }
}
