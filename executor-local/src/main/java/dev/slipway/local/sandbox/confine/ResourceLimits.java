package dev.slipway.local.sandbox.confine;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.ProcessMeta.Ulimit;
import java.util.List;
import java.util.Locale;

/** The limits that a process can be given, by the names that {@code --ulimit} takes. */
public final class ResourceLimits {

    /** In the order of the kernel's numbers. */
    private static final List<String> NAMES = List.of(
            "cpu",
            "fsize",
            "data",
            "stack",
            "core",
            "rss",
            "nproc",
            "nofile",
            "memlock",
            "as",
            "locks",
            "sigpending",
            "msgqueue",
            "nice",
            "rtprio",
            "rttime");

    private ResourceLimits() {}

    /**
     * The kernel's number of a limit.
     *
     * @throws ExecutorException if there is no such limit
     */
    public static int number(Ulimit limit) {
        int number = NAMES.indexOf(limit.name().toLowerCase(Locale.ROOT));
        if (number < 0) {
            throw new ExecutorException(
                    "unknown resource limit " + limit.name() + "; there are " + String.join(", ", NAMES));
        }
        return number;
    }
}
