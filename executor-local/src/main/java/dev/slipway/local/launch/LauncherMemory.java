package dev.slipway.local.launch;

import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The launcher as a file in memory, for the whole life of this JVM: it has no name under which somebody could put another program,
 * nobody can write to it, and it is run by its descriptor.
 */
final class LauncherMemory {

    private static Optional<Path> file = Optional.empty();
    private static boolean isTried;

    private LauncherMemory() {}

    /** The path of the descriptor for processes that this one starts; empty if there is none. */
    static synchronized Optional<Path> file(Processor processor) {
        if (!isTried) {
            isTried = true;
            try {
                int descriptor = Posix.get().makeMemoryFile("launcher", processor.launcher());
                Path self = Path.of("/proc").resolve(Files.readSymbolicLink(Path.of("/proc/self")));
                file = Optional.of(self.resolve("fd/" + descriptor));
            } catch (IOException e) {
                file = Optional.empty(); // Where a machine's memory holds no programs, the store does.
            }
        }
        return file;
    }

    /**
     * It is not tried again. A machine may let no file in memory be run, and no child look at the descriptors of a parent that
     * keeps its memory to itself.
     */
    static synchronized void cannotBeRun() {
        file = Optional.empty();
    }
}
