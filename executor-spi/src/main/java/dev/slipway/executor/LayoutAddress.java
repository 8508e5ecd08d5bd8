package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An image in an OCI layout: {@code FOLDER[:TAG][@DIGEST]}.
 *
 * @param directory the layout
 * @param suffix what follows the folder: {@code :TAG}, {@code @DIGEST}, both or nothing
 */
public record LayoutAddress(Path directory, String suffix) {

    public LayoutAddress {
        requireNonNull(directory, "directory is null");
        requireNonNull(suffix, "suffix is null");
    }

    /** Reads an address, without what may stand before it ({@code oci-layout://}). */
    public static LayoutAddress parse(String text) {
        int at = text.indexOf('@');
        String place = at < 0 ? text : text.substring(0, at);
        String digest = at < 0 ? "" : text.substring(at);
        // A folder's name may have a colon in it; then it is there under its whole name.
        int colon = place.lastIndexOf(':');
        if (colon <= place.lastIndexOf('/') || Files.isDirectory(Path.of(place))) {
            return new LayoutAddress(Path.of(place), digest);
        }
        return new LayoutAddress(Path.of(place.substring(0, colon)), place.substring(colon) + digest);
    }
}
