package dev.slipway.local.cgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What limits are called in the two kinds of control groups. */
final class Limits {

    private static final long DEFAULT_PERIOD = 100_000;

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
    record Setting(String controller, String file, String value) {}

    /** For hierarchies of a controller each, in the order in which the kernel takes them. */
    List<Setting> separate() {
        List<Setting> settings = new ArrayList<>();
        limit("memory").ifPresent(value -> settings.add(new Setting("memory", "memory.limit_in_bytes", value)));
        limit("memorySwap")
                .ifPresent(value -> settings.add(new Setting("memory", "memory.memsw.limit_in_bytes", value)));
        limit("cpuShares").ifPresent(value -> settings.add(new Setting("cpu", "cpu.shares", value)));
        limit("cpuPeriod").ifPresent(value -> settings.add(new Setting("cpu", "cpu.cfs_period_us", value)));
        limit("cpuQuota").ifPresent(value -> settings.add(new Setting("cpu", "cpu.cfs_quota_us", value)));
        limit("cpusetCpus").ifPresent(value -> settings.add(new Setting("cpuset", "cpuset.cpus", value)));
        limit("cpusetMems").ifPresent(value -> settings.add(new Setting("cpuset", "cpuset.mems", value)));
        return settings;
    }

    /** For the hierarchy of all controllers. There swap is counted by itself, and shares go from 1 to 10000. */
    List<Setting> unified() {
        List<Setting> settings = new ArrayList<>();
        limit("memory").ifPresent(value -> settings.add(new Setting("memory", "memory.max", value)));
        limit("memorySwap")
                .ifPresent(value -> settings.add(new Setting("memory", "memory.swap.max", swapAlone(value))));
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
        long memory = limit("memory").map(Long::parseLong).orElse(0L);
        return limit < 0 ? "max" : Long.toString(Math.max(0, limit - memory));
    }

    private static String weight(String shares) {
        long known = Math.min(262_144, Math.max(2, Long.parseLong(shares)));
        return Long.toString(1 + (known - 2) * 9999 / 262_142);
    }

    private Optional<String> limit(String name) {
        return Optional.ofNullable(limits.get(name)).filter(value -> !value.isEmpty());
    }
}
