package dev.slipway.local.cgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What limits are called in the two kinds of control groups. */
final class Limits {

    private static final long DEFAULT_PERIOD = 100_000;
    private static final String SEPARATE_SWAP = "memory.memsw.limit_in_bytes";
    private static final String UNIFIED_SWAP = "memory.swap.max";
    private static final double ROUNDING = 1e-9;

    private final Map<String, String> limits;

    /** @param limits by BuildKit's names */
    Limits(Map<String, String> limits) {
        this.limits = limits;
    }

    /**
     * A file of a group and what is to be in it.
     *
     * @param controller whose file it is
     */
    record Setting(String controller, String file, String value) {

        /** Kernels can be built, and started, so that they do not count swap. */
        boolean ofSwap() {
            return file.equals(SEPARATE_SWAP) || file.equals(UNIFIED_SWAP);
        }
    }

    /** Whether anything is limited. */
    boolean isAny() {
        return !limits.isEmpty();
    }

    /** What of it cannot be meant. */
    Optional<String> problem() {
        if (limit("memorySwap").isEmpty() || swapIsKnown()) {
            return Optional.empty();
        }
        return Optional.of(
                "memory-swap has no effect: it is the limit of memory and swap together, so that memory is to be"
                        + " limited too, to no more than that");
    }

    private boolean swapIsKnown() {
        long both = limit("memorySwap").map(Long::parseLong).orElse(0L);
        return both < 0
                || both > 0
                        && limit("memory")
                                .map(Long::parseLong)
                                .filter(memory -> memory <= both)
                                .isPresent();
    }

    /** For hierarchies of a controller each, in the order in which the kernel takes them. */
    List<Setting> separate() {
        List<Setting> settings = new ArrayList<>();
        limit("memory").ifPresent(value -> settings.add(new Setting("memory", "memory.limit_in_bytes", value)));
        limit("memorySwap")
                .filter(value -> swapIsKnown())
                .ifPresent(value -> settings.add(new Setting("memory", SEPARATE_SWAP, value)));
        limit("cpuShares").ifPresent(value -> settings.add(new Setting("cpu", "cpu.shares", value)));
        limit("cpuPeriod").ifPresent(value -> settings.add(new Setting("cpu", "cpu.cfs_period_us", value)));
        limit("cpuQuota").ifPresent(value -> settings.add(new Setting("cpu", "cpu.cfs_quota_us", value)));
        limit("cpusetCpus").ifPresent(value -> settings.add(new Setting("cpuset", "cpuset.cpus", value)));
        limit("cpusetMems").ifPresent(value -> settings.add(new Setting("cpuset", "cpuset.mems", value)));
        return settings;
    }

    /** For the hierarchy of all controllers. There swap is counted by itself, and weights go from 1 to 10000. */
    List<Setting> unified() {
        List<Setting> settings = new ArrayList<>();
        limit("memory").ifPresent(value -> settings.add(new Setting("memory", "memory.max", value)));
        limit("memorySwap")
                .filter(value -> swapIsKnown())
                .ifPresent(value -> settings.add(new Setting("memory", UNIFIED_SWAP, swapAlone(value))));
        limit("cpuShares").ifPresent(value -> settings.add(new Setting("cpu", "cpu.weight", weight(value))));
        if (limit("cpuQuota").isPresent() || limit("cpuPeriod").isPresent()) {
            long quota = limit("cpuQuota").map(Long::parseLong).orElse(-1L);
            long period = limit("cpuPeriod").map(Long::parseLong).orElse(DEFAULT_PERIOD);
            settings.add(new Setting("cpu", "cpu.max", (quota > 0 ? Long.toString(quota) : "max") + " " + period));
        }
        limit("cpusetCpus").ifPresent(value -> settings.add(new Setting("cpuset", "cpuset.cpus", value)));
        limit("cpusetMems").ifPresent(value -> settings.add(new Setting("cpuset", "cpuset.mems", value)));
        return settings;
    }

    private String swapAlone(String both) {
        long limit = Long.parseLong(both);
        return limit < 0
                ? "max"
                : Long.toString(limit - limit("memory").map(Long::parseLong).orElseThrow());
    }

    /** The curve that runtimes have agreed on: it leads through both ends, and from the default 1024 to the default 100. */
    private static String weight(String shares) {
        double power = Math.log((double) Math.min(262_144, Math.max(2, Long.parseLong(shares)))) / Math.log(2);
        double exponent = (power * power + 125 * power) / 612 - 7.0 / 34;
        return Long.toString((long) Math.ceil(Math.pow(10, exponent) - ROUNDING));
    }

    private Optional<String> limit(String name) {
        return Optional.ofNullable(limits.get(name)).filter(value -> !value.isEmpty());
    }
}
