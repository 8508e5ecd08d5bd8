package dev.slipway.local.sandbox;

/**
 * How much of a process' output is passed on, for each of its two streams.
 *
 * @param size bytes in all, or -1 for no limit
 * @param perSecond bytes a second, averaged over the time the process has run; or -1 for no limit
 */
public record LogLimits(long size, long perSecond) {

    /** BuildKit's limits: 2 MiB, 200 KiB a second. */
    public static final LogLimits DEFAULT = new LogLimits(2 << 20, 200 << 10);

    /** Everything is passed on. */
    public static final LogLimits NONE = new LogLimits(-1, -1);
}
