package dev.slipway.local.sandbox;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Folders that are seen as one through overlayfs.
 *
 * @param lowers unpacked layers in overlayfs' form (whiteouts are 0:0 devices), the top one first; none for an empty root,
 *     up to 500
 * @param upper where changes go; empty if nothing may be written
 * @param files what the lower folders hold together, and the upper one before the step
 * @param devices whether device files in it can be opened
 */
public record Overlay(List<Path> lowers, Optional<Upper> upper, RootFiles files, boolean devices) {

    public Overlay {
        lowers = List.copyOf(lowers);
        requireNonNull(upper, "upper is null");
        requireNonNull(files, "files is null");
    }

    /** An overlay that takes changes. */
    public static Overlay writable(List<Path> lowers, Path upper, Path work, RootFiles files) {
        return new Overlay(lowers, Optional.of(new Upper(upper, work)), files, true);
    }

    /** An overlay that cannot be changed. */
    public static Overlay readOnly(List<Path> lowers, RootFiles files) {
        return new Overlay(lowers, Optional.empty(), files, true);
    }

    /** The same folders, in which device files are nothing but names. */
    public Overlay withoutDevices() {
        return new Overlay(lowers, upper, files, false);
    }

    /**
     * Where changes go. Both folders exist, are on one file system, and are used by one step only.
     *
     * @param folder becomes the new layer
     * @param work belongs to overlayfs; its content is worthless afterwards, and may need root to be removed
     */
    public record Upper(Path folder, Path work) {

        public Upper {
            requireNonNull(folder, "folder is null");
            requireNonNull(work, "work is null");
        }
    }
}
