package dev.slipway.frontend.value;

import dev.slipway.llb.ProcessMeta.Ulimit;
import java.util.Set;

/** Resource limits as Docker's option writes them: {@code nofile=1024:2048}. */
public final class Ulimits {

    private static final Set<String> NAMES = Set.of(
            "core",
            "cpu",
            "data",
            "fsize",
            "locks",
            "memlock",
            "msgqueue",
            "nice",
            "nofile",
            "nproc",
            "rss",
            "rtprio",
            "rttime",
            "sigpending",
            "stack");

    private static final long UNLIMITED = -1;

    private Ulimits() {}

    /**
     * Reads {@code name=soft[:hard]}. A missing hard limit is the soft one, -1 is no limit.
     *
     * @throws IllegalArgumentException if this is not a limit, or if the soft limit is above the hard one
     */
    public static Ulimit parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("invalid ulimit argument: " + text);
        }
        String name = text.substring(0, equals);
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("invalid ulimit type: " + name);
        }
        String limits = text.substring(equals + 1);
        String[] parts = limits.split(":", -1);
        if (parts.length > 2) {
            throw new IllegalArgumentException(
                    "too many limit value arguments - " + limits + ", can only have up to two, `soft[:hard]`");
        }
        long hard = GoNumbers.parseInt64(parts[parts.length - 1]);
        long soft = GoNumbers.parseInt64(parts[0]);
        String problem = "ulimit soft limit must be less than or equal to hard limit: ";
        if (hard != UNLIMITED && soft == UNLIMITED) {
            throw new IllegalArgumentException(problem + "soft: -1 (unlimited), hard: " + hard);
        }
        if (hard != UNLIMITED && soft > hard) {
            throw new IllegalArgumentException(problem + soft + " > " + hard);
        }
        return new Ulimit(name, soft, hard);
    }
}
