package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * An image in an OCI layout: {@code FOLDER[:TAG][@DIGEST]}.
 *
 * @param directory the layout
 * @param suffix what follows the folder: {@code :TAG}, {@code @DIGEST}, both, or nothing
 */
public record LayoutAddress(Path directory, String suffix) {

    public LayoutAddress {
        requireNonNull(directory, "directory is null");
        requireNonNull(suffix, "suffix is null");
    }

    /** Reads an address on this machine, without the prefix {@code oci-layout://}. */
    public static LayoutAddress parse(String text) {
        return parse(text, FileSystems.getDefault());
    }

    /**
     * Reads an address, without the prefix {@code oci-layout://}.
     *
     * @param files the file system of the folder
     */
    public static LayoutAddress parse(String text, FileSystem files) {
        requireNonNull(files, "files is null");
        int at = requireNonNull(text, "text is null").indexOf('@');
        String place = at < 0 ? text : text.substring(0, at);
        String digest = at < 0 ? "" : text.substring(at);
        // The name of a folder may contain a colon; then a folder with the whole name exists.
        int colon = place.lastIndexOf(':');
        int separator = Math.max(place.lastIndexOf('/'), place.lastIndexOf(files.getSeparator()));
        if (colon <= separator || isFolder(place, files)) {
            return new LayoutAddress(files.getPath(place), digest);
        }
        return new LayoutAddress(files.getPath(place.substring(0, colon)), place.substring(colon) + digest);
    }

    /** On Windows, names cannot contain a colon. */
    private static boolean isFolder(String place, FileSystem files) {
        try {
            return Files.isDirectory(files.getPath(place));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
