package dev.slipway.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The memory of processes, as Linux tells it: resident, heap and all else together. */
final class Memory {

    private static final String PEAK = "VmHWM:";

    private Memory() {}

    /** The most that a process had since it began, in bytes. */
    static OptionalLong peak(long process) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process), "status"))) {
                if (line.startsWith(PEAK)) {
                    String kilobytes = line.substring(PEAK.length()).replace("kB", "").strip();
                    return OptionalLong.of(Long.parseLong(kilobytes) << 10);
                }
            }
        } catch (IOException e) {
            // It has ended.
        }
        return OptionalLong.empty();
    }

    /** Lets Linux count anew the most that this process has. */
    static void forgetPeak() {
        try {
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        } catch (IOException e) {
            // Then it stays what it was.
        }
    }

    /** What several processes had at most, added up. */
    static OptionalLong peak(List<Long> processes) {
        long sum = 0;
        for (long process : processes) {
            sum += peak(process).orElse(0);
        }
        return sum == 0 ? OptionalLong.empty() : OptionalLong.of(sum);
    }
}
