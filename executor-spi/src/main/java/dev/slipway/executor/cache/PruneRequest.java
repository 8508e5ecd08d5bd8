package dev.slipway.executor.cache;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What to remove. Without any size, everything that the filter takes and that was not used for the duration; with a size, the
 * things that were used longest ago, one after the other, until what is left is small enough.
 *
 * @param all whether internal entries go as well
 * @param filter which entries are considered, and counted
 * @param keepDuration what was used within this time stays
 * @param maxUsedSpace bytes that may be used; 0 for no limit
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

    /** Whether it ends when little enough is left. */
    public boolean isBounded() {
        return maxUsedSpace > 0 || reservedSpace > 0 || minFreeSpace > 0;
    }

    /**
     * How many bytes may stay, if the request is bounded: what may be used, less if the disk is short, never below what is
     * reserved.
     *
     * @param used what is used now
     * @param free what is free on the disk now
     */
    public long bytesToKeep(long used, long free) {
        long keep = maxUsedSpace > 0 ? maxUsedSpace : minFreeSpace > 0 ? Long.MAX_VALUE : 0;
        if (minFreeSpace > free) {
            keep = Math.min(keep, used - (minFreeSpace - free));
        }
        return Math.max(keep, reservedSpace);
    }

    /** The same for internal entries as well. */
    public PruneRequest withAll() {
        return new PruneRequest(true, filter, keepDuration, maxUsedSpace, reservedSpace, minFreeSpace);
    }

    /** The same for what this filter takes. */
    public PruneRequest withFilter(EntryFilter taken) {
        return new PruneRequest(all, taken, keepDuration, maxUsedSpace, reservedSpace, minFreeSpace);
    }

    /** The same, sparing what was used within this time. */
    public PruneRequest withKeepDuration(Duration duration) {
        return new PruneRequest(all, filter, duration, maxUsedSpace, reservedSpace, minFreeSpace);
    }

    /** The same with bounds: see the fields of these names. */
    public PruneRequest withSpace(long maxUsed, long reserved, long minFree) {
        return new PruneRequest(all, filter, keepDuration, maxUsed, reserved, minFree);
    }
}
