package dev.slipway.executor.event;

import java.util.Optional;

/** Receives what a step reports while it runs. Methods may be called from any thread and return at once. */
public interface StepMonitor {

    /** A monitor that ignores everything. */
    StepMonitor NONE = new StepMonitor() {};

    /**
     * Output of a process, in pieces as they arrive.
     *
     * @param bytes the piece; do not keep or change it after the call
     */
    default void log(LogStream stream, byte[] bytes) {}

    /**
     * How the process of the step runs. Called before it starts.
     *
     * @param sandbox the sandbox that confines it, such as {@code crun}
     * @param emulator the emulator of its platform, such as {@code qemu-aarch64}; empty if it is native
     */
    default void runs(String sandbox, Optional<String> emulator) {}

    /** Something the user should know that does not fail the step. */
    default void warn(String message) {}

    /**
     * The progress of a part of the step.
     *
     * @param activity the kind of work
     * @param part such as a layer's digest, a URL or a file
     * @param current the bytes done so far
     * @param total all bytes, or 0 if unknown
     */
    default void progress(Activity activity, String part, long current, long total) {}
}
