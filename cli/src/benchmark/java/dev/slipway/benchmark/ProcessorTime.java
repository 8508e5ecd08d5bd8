package dev.slipway.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The time that processors worked, which other work on the machine falsifies less than the time that passed. */
final class ProcessorTime {

    private static final double TICKS_PER_SECOND = 100;
    private static final int FIRST = 11;

    private ProcessorTime() {}

    /** Seconds that went into this process and those that it has started and that have ended. */
    static double seconds() throws IOException {
        return seconds("self");
    }

    /** The same for other processes, added up. */
    static double seconds(List<Long> processes) throws IOException {
        double sum = 0;
        for (long process : processes) {
            sum += seconds(Long.toString(process));
        }
        return sum;
    }

    private static double seconds(String process) throws IOException {
        String status = Files.readString(Path.of("/proc", process, "stat"));
        // The name of the program, in parentheses, may hold blanks.
        String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = FIRST; i < FIRST + 4; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
