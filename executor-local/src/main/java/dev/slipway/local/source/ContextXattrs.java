package dev.slipway.local.source;

import dev.slipway.llb.Bytes;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.posix.Posix;
import dev.slipway.oci.posix.SystemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The extended attributes of a client's file that a build gets. What the client's system says of it is left where it is, and a
 * capability is lost, as in BuildKit, where a file is given to its owner last.
 */
final class ContextXattrs {

    private ContextXattrs() {}

    /** Those of a regular file or a folder. What cannot be read is left out. */
    static SortedMap<String, Bytes> of(Path path) {
        if (!SystemFiles.areKnownToKernel(path)) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, Bytes> xattrs = new TreeMap<>();
        for (String name : names(path)) {
            if (Attributes.isOfFile(name) && !name.equals(Attributes.CAPABILITY)) {
                add(path, name, xattrs);
            }
        }
        return xattrs;
    }

    private static List<String> names(Path path) {
        try {
            return Posix.get().xattrs(path);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void add(Path path, String name, SortedMap<String, Bytes> xattrs) {
        try {
            Posix.get().xattr(path, name).ifPresent(value -> xattrs.put(name, Bytes.of(value)));
        } catch (IOException e) {
            // Whoever may not read the file may not read this either.
        }
    }
}
