package dev.slipway.executor.event;

import java.util.Optional;

/** Hears what a step has to say while it runs. Methods may be called from any thread and return at once. */
public interface StepMonitor {

    /** A monitor that hears nothing. */
    StepMonitor NONE = new StepMonitor() {};

    /**
     * Output of a process, in pieces as they come.
     *
     * @param bytes the piece; not to be kept or changed after the call
     */
    default void log(LogStream stream, byte[] bytes) {}

    /**
     * How the process of the step is run, said before it starts.
     *
     * @param sandbox what confines it, such as {@code crun}
     * @param emulator what emulates its platform, such as {@code qemu-aarch64}; empty where it is native
     */
    default void runs(String sandbox, Optional<String> emulator) {}

    /** Something the user should know that does not fail the step. */
    default void warn(String message) {}

    /**
     * How far a part of the step has come.
     *
     * @param activity what is done with it
     * @param part such as a layer's digest, a URL or a file
     * @param current how many bytes are done
     * @param total how many bytes there are, 0 where it is not known
     */
    default void progress(Activity activity, String part, long current, long total) {}
}
