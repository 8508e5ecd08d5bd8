package dev.slipway.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a benchmark costs in processor time, which, unlike the time that passes, means something on a busy machine. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class ProcessorTime {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Nanoseconds of processor time in this iteration. */
    public long processorNanos;

    /** How often the benchmark ran in this iteration. */
    public long runs;

    private long start;

    /** Starts to count. */
    @Setup(Level.Iteration)
    public void start() {
        processorNanos = 0;
        runs = 0;
        start = THREADS.getCurrentThreadCpuTime();
    }

    /** Counts one run. */
    void ran() {
        runs++;
    }

    /** Reads the clock. */
    @TearDown(Level.Iteration)
    public void stop() {
        processorNanos = THREADS.getCurrentThreadCpuTime() - start;
    }
}
