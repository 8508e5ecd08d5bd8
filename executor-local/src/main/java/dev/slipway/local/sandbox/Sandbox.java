package dev.slipway.local.sandbox;

import dev.slipway.executor.event.StepMonitor;
import java.util.List;

/** Runs processes, each in a root of its own. Methods may be called from several threads at once. */
public interface Sandbox {

    /** Its name in options and messages: {@code crun}, {@code runc}, {@code built-in} or {@code proot}. */
    String name();

    /** The name, and in a few words what steps can do less here than anybody expects. */
    default String description() {
        return name();
    }

    /** What it cannot confine, each a phrase for the user; empty if it confines as Docker does. */
    List<String> limitations();

    /**
     * Whether it wants a root that is one folder, which it changes in place: an {@link Overlay} with an upper folder that holds
     * all files and no lower ones, or with a single lower one.
     */
    default boolean needsOneFolder() {
        return false;
    }

    /**
     * Whether the files of that one folder are to have their true owners, for its processes are the users whom they seem to be;
     * otherwise all of them belong to whoever runs this program.
     */
    default boolean hasTrueOwners() {
        return false;
    }

    /**
     * Whether a step is to be in a control group that has a rule about devices, so that the step may have the files of all of
     * them.
     */
    default boolean restrictsDevices() {
        return false;
    }

    /** Whether it starts the emulator of a foreign platform itself, so that none need be registered with the kernel. */
    default boolean startsEmulators() {
        return false;
    }

    /**
     * Runs a process to its end. Interrupting the thread kills the process and all it started, within two seconds; the end of
     * the JVM does so too. In every case nothing stays mounted or running. Mount points that were made for the step are
     * removed from the upper folder if the process succeeds and they are still empty; a folder that held one may stay there
     * though nothing else of it has changed.
     *
     * @param monitor hears the output
     * @return whose the files are that the process wrote
     * @throws dev.slipway.executor.StepFailedException if the exit code is none of the valid ones; the message reads {@code
     *     process "/bin/sh -c exit 3" did not complete successfully: exit code: 3}
     * @throws dev.slipway.executor.ExecutorException if the process cannot be started: no such user, folder or program, no
     *     emulator for its platform, or a mount that the machine refuses
     */
    FileOwners run(SandboxRequest request, StepMonitor monitor) throws InterruptedException;
}
