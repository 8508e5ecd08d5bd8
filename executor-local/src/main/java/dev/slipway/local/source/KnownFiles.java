package dev.slipway.local.source;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.IndexInput;
import dev.slipway.local.layer.IndexOutput;
import dev.slipway.oci.disk.FileStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is known of the files and folders in a folder: for each the status that it had when it was read, its content and its
 * extended attributes. One whose status is the same has the same of both, unless it was changed so shortly before it was read that the clock of the file
 * system could not tell: such a file is not settled, and is read again.
 */
final class KnownFiles {

    private static final String HEADER = "slipway context 2";
    private static final int MAX_FILES = 50_000_000;

    static final KnownFiles NONE = new KnownFiles(Map.of());

    private final Map<String, Known> files;
    private final Set<String> homes;

    /**
     * @param files by path relative to the folder
     */
    KnownFiles(Map<String, Known> files) {
        this.files = Collections.unmodifiableMap(files);
        this.homes = files.values().stream().map(known -> known.content.home()).collect(Collectors.toSet());
    }

    Map<String, Known> files() {
        return files;
    }

    /**
     * What is known of a file.
     *
     * @param size in bytes
     * @param modified when its content was changed
     * @param changed when anything of it was changed
     * @param inode its number in the file system
     * @param settled whether nobody can have changed it since without changing one of the others
     * @param content its content, and where it is kept; none of a folder
     * @param xattrs its extended attributes that a build gets
     */
    record Known(
            long size,
            Instant modified,
            Instant changed,
            long inode,
            boolean settled,
            Content content,
            SortedMap<String, Bytes> xattrs) {

        /** What is known of a file that was read after this moment. */
        static Known of(FileStatus status, Instant before, Content content, SortedMap<String, Bytes> xattrs) {
            return new Known(
                    status.size(),
                    status.modified(),
                    status.changed(),
                    status.inode(),
                    status.isSettled(before),
                    content,
                    xattrs);
        }

        boolean sameStatus(FileStatus status) {
            return size == status.size()
                    && modified.equals(status.modified())
                    && changed.equals(status.changed())
                    && inode == status.inode();
        }
    }

    /** What is known of a file. */
    Optional<Known> of(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The layers that keep the contents of the files. */
    Set<String> homes() {
        return homes;
    }

    /** What is still true if only these layers keep what they kept. */
    KnownFiles keeping(Set<String> layers) {
        Set<String> lost = new HashSet<>(homes);
        lost.removeAll(layers);
        lost.remove("");
        if (lost.isEmpty()) {
            return this;
        }
        Map<String, Known> kept = new HashMap<>(files);
        kept.values().removeIf(known -> lost.contains(known.content.home()));
        return new KnownFiles(kept);
    }

    void write(OutputStream stream) throws IOException {
        IndexOutput out = new IndexOutput(stream);
        out.text(HEADER);
        out.number(files.size());
        for (Map.Entry<String, Known> entry : new TreeMap<>(files).entrySet()) {
            Known known = entry.getValue();
            out.text(entry.getKey());
            out.number(known.size);
            instant(known.modified, out);
            instant(known.changed, out);
            out.number(known.inode);
            out.number(known.settled ? 1 : 0);
            out.number(known.content.size());
            out.bytes(HexFormat.of().parseHex(known.content.digest().hex()));
            out.text(known.content.home());
            out.number(known.content.offset());
            out.number(known.xattrs.size());
            for (Map.Entry<String, Bytes> xattr : known.xattrs.entrySet()) {
                out.text(xattr.getKey());
                out.bytes(xattr.getValue().toArray());
            }
        }
        out.finish();
    }

    private static void instant(Instant instant, IndexOutput out) throws IOException {
        out.signed(instant.getEpochSecond());
        out.number(instant.getNano());
    }

    static KnownFiles read(InputStream stream) throws IOException {
        return IndexInput.read(stream, HEADER, KnownFiles::body);
    }

    private static KnownFiles body(IndexInput in) throws IOException {
        Map<String, Known> files = new HashMap<>();
        Map<String, String> homes = new HashMap<>();
        for (int rest = in.count(MAX_FILES); rest > 0; rest--) {
            String path = in.text();
            long size = in.number();
            Instant modified = Instant.ofEpochSecond(in.signed(), in.number());
            Instant changed = Instant.ofEpochSecond(in.signed(), in.number());
            long inode = in.number();
            boolean settled = in.number() == 1;
            long length = in.number();
            Digest digest = Digest.of(in.bytes());
            String home = homes.computeIfAbsent(in.text(), id -> id);
            Content content = new Content(digest, length, home, in.number());
            files.put(path, new Known(size, modified, changed, inode, settled, content, xattrs(in)));
        }
        return new KnownFiles(files);
    }

    private static SortedMap<String, Bytes> xattrs(IndexInput in) throws IOException {
        int rest = in.count(MAX_FILES);
        if (rest == 0) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, Bytes> xattrs = new TreeMap<>();
        for (; rest > 0; rest--) {
            xattrs.put(in.text(), Bytes.of(in.bytes()));
        }
        return xattrs;
    }
}
