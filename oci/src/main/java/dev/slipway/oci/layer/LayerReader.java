package dev.slipway.oci.layer;

import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.InvalidImageException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the entries of a layer, or of any other tar archive, from a stream that may be compressed with gzip, zstd, bzip2 or
 * xz.
 *
 * <p>The names it hands over are clean, whoever wrote them: see {@link FileEntry#path}. Absolute names count from the root
 * of the layer, as in the reference; names with {@code ..} are refused. Targets of symbolic links are left as they are, for
 * they may lead anywhere.
 *
 * <p>At the end, the stream is read completely, so that a checking stream below has seen everything.
 */
public final class LayerReader implements Closeable {

    private final InputStream source;
    private final PlainTarStream plain;
    private final TarInput tar;
    private final boolean isLayer;
    private final LayerLimits limits;
    private long entries;
    private long holes;

    private LayerReader(InputStream source, boolean isLayer, LayerLimits limits) throws IOException {
        this.source = source;
        this.plain = new PlainTarStream(Decompression.open(source), limits.bytes());
        this.tar = new TarInput(plain);
        this.isLayer = isLayer;
        this.limits = limits;
    }

    /** Reads a layer: names that begin with {@code .wh.} are whiteouts. */
    public static LayerReader ofLayer(InputStream blob, LayerLimits limits) throws IOException {
        return new LayerReader(blob, true, limits);
    }

    /** Reads an archive that is not a layer: names that begin with {@code .wh.} have no special meaning. */
    public static LayerReader ofArchive(InputStream archive, LayerLimits limits) throws IOException {
        return new LayerReader(archive, false, limits);
    }

    /**
     * Whether a stream is an archive, compressed or not, by its first bytes; its name does not matter.
     *
     * @param in only its beginning is read, and it is not closed
     */
    public static boolean isArchive(InputStream in) throws IOException {
        try {
            byte[] block = Decompression.open(in).readNBytes(TarFormat.BLOCK);
            return block.length == TarFormat.BLOCK && TarInput.isHeader(block);
        } catch (InvalidImageException e) {
            return false;
        }
    }

    /**
     * The next entry, or empty at the end. Unread content of the one before is skipped.
     *
     * @throws InvalidImageException if the archive is damaged, hostile or larger than the limits
     */
    public Optional<FileEntry> next() throws IOException {
        while (true) {
            Optional<TarMember> member = tar.next();
            if (member.isEmpty()) {
                plain.drain();
                source.transferTo(OutputStream.nullOutputStream());
                return Optional.empty();
            }
            if (++entries > limits.entries()) {
                throw new InvalidImageException("the archive has more than " + limits.entries() + " entries");
            }
            holes += member.get().size() - member.get().stored();
            if (holes > limits.bytes() - plain.count()) {
                throw new InvalidImageException("the archive expands to more than " + limits.bytes() + " bytes");
            }
            String path = LayerPath.clean(member.get().name());
            if (!isLayer || !LayerPath.isAufs(path)) {
                return Optional.of(entry(path, member.get()));
            }
        }
    }

    /** The content of the file that {@link #next} returned last. It ends with the file and need not be closed. */
    public InputStream content() {
        return new Content();
    }

    /**
     * The digest of the uncompressed archive, which for a layer is its diff id.
     *
     * @throws IllegalStateException before {@link #next} has returned empty
     */
    public Digest diffId() {
        return plain.digest();
    }

    /** The length of the uncompressed archive as far as it was read, in bytes. */
    public long unpackedSize() {
        return plain.count();
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }

    private FileEntry entry(String path, TarMember member) throws IOException {
        if (isLayer && LayerPath.isBelowWhiteout(path)) {
            throw new InvalidImageException("invalid whiteout in the layer: " + path);
        }
        if (isLayer && LayerPath.isWhiteout(path)) {
            return LayerPath.isOpaque(path)
                    ? FileEntry.opaque(LayerPath.parent(path))
                    : FileEntry.whiteout(LayerPath.hidden(path));
        }
        EntryType type = type(path, member);
        if (path.isEmpty() && type != EntryType.DIRECTORY) {
            throw new InvalidImageException("the root of the archive is not a folder");
        }
        boolean device = type == EntryType.CHARACTER_DEVICE || type == EntryType.BLOCK_DEVICE;
        return new FileEntry(
                path,
                type,
                (int) (member.mode() & 07777),
                id(path, member.uid()),
                id(path, member.gid()),
                type == EntryType.FILE ? member.size() : 0,
                member.modified(),
                linkTarget(path, type, member),
                device ? id(path, member.deviceMajor()) : 0,
                device ? id(path, member.deviceMinor()) : 0,
                xattrs(member));
    }

    private static EntryType type(String path, TarMember member) throws InvalidImageException {
        return switch (member.type()) {
            // Archives older than ustar mark a folder by the slash at its end.
            case '\0' -> member.name().endsWith("/") ? EntryType.DIRECTORY : EntryType.FILE;
            case '0', '7', SparseMaps.OLD_TYPE -> EntryType.FILE;
            case '1' -> EntryType.HARD_LINK;
            case '2' -> EntryType.SYMLINK;
            case '3' -> EntryType.CHARACTER_DEVICE;
            case '4' -> EntryType.BLOCK_DEVICE;
            case '5' -> EntryType.DIRECTORY;
            case '6' -> EntryType.FIFO;
            default ->
                throw new InvalidImageException(
                        path + " in the archive is of an unknown type (" + (int) member.type() + ")");
        };
    }

    private static String linkTarget(String path, EntryType type, TarMember member) throws InvalidImageException {
        if (type != EntryType.HARD_LINK && type != EntryType.SYMLINK) {
            return "";
        }
        String target = member.linkName();
        LayerPath.requireShort(target);
        if (target.isEmpty() || target.indexOf('\0') >= 0) {
            throw new InvalidImageException("the link " + path + " in the archive has no valid target");
        }
        if (type == EntryType.SYMLINK) {
            return target;
        }
        String file = LayerPath.clean(target);
        if (file.isEmpty()) {
            throw new InvalidImageException("the hard link " + path + " in the archive leads to the root folder");
        }
        return file;
    }

    private static long id(String path, long number) throws InvalidImageException {
        if (number < 0 || number > 0xFFFF_FFFFL) {
            throw new InvalidImageException(
                    "owner or device number " + number + " of " + path + " in the archive is out of range");
        }
        return number;
    }

    private static SortedMap<String, Bytes> xattrs(TarMember member) {
        SortedMap<String, Bytes> xattrs = new TreeMap<>();
        member.records().forEach((key, value) -> {
            if (key.startsWith(TarFormat.PAX_XATTR) && key.length() > TarFormat.PAX_XATTR.length()) {
                xattrs.put(key.substring(TarFormat.PAX_XATTR.length()), Bytes.of(value));
            }
        });
        return xattrs;
    }

    /** The content of the current member. */
    private final class Content extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return tar.read(buffer, offset, length);
        }
    }
}
