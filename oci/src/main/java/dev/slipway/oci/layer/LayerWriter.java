package dev.slipway.oci.layer;

import dev.slipway.executor.image.FileEntry;
import dev.slipway.oci.InvalidImageException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Writes entries as the tar stream of a layer, in the form that BuildKit writes: times in whole seconds, numeric owners only,
 * names without a leading slash and with one at the end of directories.
 *
 * <p>The order of the entries is the caller's. Closing ends the archive, but does not close the stream below.
 */
public final class LayerWriter implements Closeable {

    private final OutputStream out;
    private final TarHeaderWriter tar;
    private final UnaryOperator<TarMember> form;
    private final byte[] buffer = new byte[1 << 16];
    private boolean closed;

    public LayerWriter(OutputStream out) {
        this(out, UnaryOperator.identity());
    }

    private LayerWriter(OutputStream out, UnaryOperator<TarMember> form) {
        this.out = out;
        this.tar = new TarHeaderWriter(out);
        this.form = form;
    }

    /**
     * Writes a layer that Windows can use. The paths of its entries are those of files on drive C:, with slashes and without the
     * drive.
     *
     * @param time the time of the entries that such a layer has besides its files
     */
    public static LayerWriter ofWindows(OutputStream out, Instant time) throws IOException {
        LayerWriter writer = new LayerWriter(out, WindowsMembers::of);
        for (TarMember member : WindowsMembers.first(time)) {
            writer.tar.writeHeader(member);
        }
        return writer;
    }

    /**
     * Writes an entry that has no content.
     *
     * @throws IllegalArgumentException if it is a file that is not empty
     */
    public void write(FileEntry entry) throws IOException {
        write(entry, InputStream.nullInputStream());
    }

    /**
     * Writes an entry with its content, which is read to its end and not closed.
     *
     * @throws InvalidImageException if the content does not have the length in the entry; the layer is then unusable
     */
    public void write(FileEntry entry, InputStream content) throws IOException {
        tar.writeHeader(form.apply(member(entry)));
        long rest = entry.size();
        int n;
        while ((n = content.read(buffer)) > 0) {
            rest -= n;
            if (rest < 0) {
                throw changed(entry);
            }
            out.write(buffer, 0, n);
        }
        if (rest > 0) {
            throw changed(entry);
        }
        tar.pad(entry.size());
    }

    /** Ends the archive. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            tar.finish();
        }
    }

    private static InvalidImageException changed(FileEntry entry) {
        return new InvalidImageException(
                entry.path() + " changed its size while it was read; it should have " + entry.size() + " bytes");
    }

    private static TarMember member(FileEntry entry) {
        return switch (entry.type()) {
            case WHITEOUT -> marker(LayerPath.whiteout(entry.path()));
            case OPAQUE -> marker(LayerPath.opaque(entry.path()));
            case DIRECTORY -> member(entry, '5', entry.path().isEmpty() ? "./" : entry.path() + "/");
            case FILE -> member(entry, '0', entry.path());
            case HARD_LINK -> member(entry, '1', entry.path());
            case SYMLINK -> member(entry, '2', entry.path());
            case CHARACTER_DEVICE -> member(entry, '3', entry.path());
            case BLOCK_DEVICE -> member(entry, '4', entry.path());
            case FIFO -> member(entry, '6', entry.path());
        };
    }

    private static TarMember marker(String name) {
        return new TarMember(name, '0', 0, 0, 0, 0, 0, Instant.EPOCH, "", 0, 0, Map.of());
    }

    private static TarMember member(FileEntry entry, char type, String name) {
        Map<String, byte[]> records = new TreeMap<>();
        entry.xattrs().forEach((xattr, value) -> records.put(TarFormat.PAX_XATTR + xattr, value.toArray()));
        return new TarMember(
                name,
                type,
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.size(),
                entry.size(),
                entry.modified(),
                entry.linkTarget(),
                entry.deviceMajor(),
                entry.deviceMinor(),
                records);
    }
}
