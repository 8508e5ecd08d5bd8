package dev.slipway.frontend.value;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ByteSize;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A limit of a control group.
 *
 * @param key its name in BuildKit's metadata
 * @param value a number, or a set of processors or memory nodes
 */
public record LinuxResource(String key, String value) {

    /** The names of Docker's options. */
    private static final Map<String, String> KEYS = new TreeMap<>(Map.of(
            "memory", "memory",
            "memory-swap", "memorySwap",
            "cpu-shares", "cpuShares",
            "cpu-period", "cpuPeriod",
            "cpu-quota", "cpuQuota",
            "cpuset-cpus", "cpusetCpus",
            "cpuset-mems", "cpusetMems"));

    private static final Pattern SET = Pattern.compile("\\d{1,5}(-\\d{1,5})?(,\\d{1,5}(-\\d{1,5})?)*+");

    public LinuxResource {
        requireNonNull(key, "key is null");
        requireNonNull(value, "value is null");
    }

    /**
     * Reads the value of Docker's option with this name.
     *
     * @throws IllegalArgumentException if there is no such option, or its value is invalid
     */
    public static LinuxResource parse(String name, String value) {
        String key = KEYS.get(name);
        if (key == null) {
            throw new IllegalArgumentException(
                    "unknown resource '" + name + "'; known are " + String.join(", ", KEYS.keySet()));
        }
        return new LinuxResource(
                key,
                switch (key) {
                    case "memory" -> positive(name, ByteSize.parse(value), value);
                    case "memorySwap" -> value.equals("-1") ? value : positive(name, ByteSize.parse(value), value);
                    case "cpuShares", "cpuPeriod", "cpuQuota" -> positive(name, GoNumbers.parseInt64(value), value);
                    default -> set(name, value);
                });
    }

    private static String positive(String name, long number, String value) {
        if (number <= 0) {
            throw new IllegalArgumentException("invalid " + name + " value: " + value + "; it has to be above 0");
        }
        return Long.toString(number);
    }

    private static String set(String name, String value) {
        if (!SET.matcher(value).matches()) {
            throw new IllegalArgumentException("invalid " + name + " value: " + value + "; write it like 0-3,5");
        }
        return value;
    }
}
