package dev.slipway.oci.posix;

import java.nio.file.FileSystems;
import java.nio.file.Path;

/** Decides what can be done with files on this system. Code that depends on the system asks here first. */
public final class SystemFiles {

    private SystemFiles() {}

    /** Whether this machine runs Linux. */
    public static boolean isLinux() {
        return System.getProperty("os.name", "").equals("Linux");
    }

    /** Whether files have modes, owners and numbers as on Unix, as they do on Linux and macOS but not on Windows. */
    public static boolean haveUnixAttributes(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** Whether the kernel knows these files, so that programs can be run from there and {@link Posix} can be called. */
    public static boolean areKnownToKernel(Path place) {
        return isLinux() && place.getFileSystem() == FileSystems.getDefault();
    }
}
