package dev.slipway.local.source;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.layer.Attributes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A regular file of a folder that is looked at. Its content is found out after the look at the folder. */
final class ScannedFile {

    private final Path path;
    private final FileStatus status;
    private final SortedMap<String, Bytes> xattrs;
    private final Optional<Content> expected;
    private @Nullable Content content;
    private @Nullable RegularFile node;

    /**
     * @param expected what it held when it was read last, if that may still be so
     */
    ScannedFile(Path path, FileStatus status, SortedMap<String, Bytes> xattrs, Optional<Content> expected) {
        this.path = path;
        this.status = status;
        this.xattrs = xattrs;
        this.expected = expected;
    }

    Path path() {
        return path;
    }

    FileStatus status() {
        return status;
    }

    Optional<Content> expected() {
        return expected;
    }

    Optional<Content> content() {
        return Optional.ofNullable(content);
    }

    void content(Content found) {
        content = found;
    }

    /** The file as a node, the same one for all names of the file. */
    RegularFile node() {
        if (node == null) {
            node = new RegularFile(attributes(status, xattrs), requireNonNull(content));
        }
        return node;
    }

    /** Owners of a client's files do not count. */
    static Attributes attributes(FileStatus status, SortedMap<String, Bytes> xattrs) {
        return new Attributes(status.mode() & 07777, 0, 0, status.modified(), xattrs);
    }
}
