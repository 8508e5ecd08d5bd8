package dev.slipway.local.collect;

import dev.slipway.executor.ByteSize;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.TimeSpan;
import dev.slipway.executor.cache.EntryFilter;
import dev.slipway.executor.cache.PruneRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * When the store is collected by itself, and how much of it stays. The defaults are BuildKit's.
 *
 * @param enabled whether it is
 * @param interval how long one collection is enough
 * @param keepDuration what was not used for so long goes
 * @param maxUsedSpace bytes that the store may take; without it, 80 % of the disk, at most 100 GB
 * @param reservedSpace bytes that the store may always take; without it, 10 % of the disk, at most 10 GB
 * @param minFreeSpace bytes of the disk that should be free; without it, 20 %
 */
public record CollectionOptions(
        boolean enabled,
        Duration interval,
        Duration keepDuration,
        OptionalLong maxUsedSpace,
        OptionalLong reservedSpace,
        OptionalLong minFreeSpace) {

    private static final String PREFIX = "gc";
    private static final String INTERVAL = "gc.interval";
    private static final String KEEP = "gc.keep-duration";
    private static final String MAX_USED = "gc.max-used-space";
    private static final String RESERVED = "gc.reserved-space";
    private static final String MIN_FREE = "gc.min-free-space";

    /** The names of the options. */
    public static final Set<String> NAMES = Set.of(PREFIX, INTERVAL, KEEP, MAX_USED, RESERVED, MIN_FREE);

    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(10);
    private static final Duration DEFAULT_KEEP = Duration.ofDays(60);
    private static final Duration KEEP_REPLACEABLE = Duration.ofHours(48);
    private static final long REPLACEABLE_SPACE = 512_000_000;
    private static final long MAX_RESERVED = 10_000_000_000L;
    private static final long MAX_USED_SPACE = 100_000_000_000L;

    /** Reads the options of these names; others are not looked at. */
    public static CollectionOptions parse(Map<String, String> options) {
        return new CollectionOptions(
                enabled(options.getOrDefault(PREFIX, "true")),
                options.containsKey(INTERVAL) ? read(options, INTERVAL, TimeSpan::parse) : DEFAULT_INTERVAL,
                options.containsKey(KEEP) ? read(options, KEEP, TimeSpan::parse) : DEFAULT_KEEP,
                size(options, MAX_USED),
                size(options, RESERVED),
                size(options, MIN_FREE));
    }

    private static boolean enabled(String text) {
        if (!Set.of("true", "false").contains(text)) {
            throw new ExecutorException(PREFIX + ": not true or false: '" + text + "'");
        }
        return text.equals("true");
    }

    private static OptionalLong size(Map<String, String> options, String name) {
        return options.containsKey(name) ? OptionalLong.of(read(options, name, ByteSize::parse)) : OptionalLong.empty();
    }

    private static <T> T read(Map<String, String> options, String name, Function<String, T> parser) {
        try {
            return parser.apply(options.get(name));
        } catch (IllegalArgumentException e) {
            throw new ExecutorException(name + ": " + e.getMessage(), e);
        }
    }

    /** How many bytes of a disk of this size should be free. */
    long minFree(long disk) {
        return minFreeSpace.orElse(disk / 5);
    }

    /**
     * What to remove, one after the other, on a disk of this size: what can be had again first, what was forgotten, the oldest.
     */
    List<PruneRequest> requests(long disk) {
        long maxUsed = maxUsedSpace.orElse(Math.min(disk / 10 * 8, MAX_USED_SPACE));
        long reserved = reservedSpace.orElse(Math.min(disk / 10, MAX_RESERVED));
        PruneRequest bounded = PruneRequest.EVERYTHING.withSpace(maxUsed, reserved, minFree(disk));
        PruneRequest replaceable = PruneRequest.EVERYTHING
                .withKeepDuration(KEEP_REPLACEABLE)
                .withSpace(Math.min(maxUsed, REPLACEABLE_SPACE), 0, 0);
        return List.of(
                replaceable.withFilter(EntryFilter.ANY.and("type=source.local")),
                replaceable.withFilter(EntryFilter.ANY.and("type=exec.cachemount")),
                replaceable.withFilter(EntryFilter.ANY.and("type=source.git.checkout")),
                PruneRequest.EVERYTHING.withKeepDuration(keepDuration).withAll(),
                bounded,
                bounded.withAll());
    }
}
