package dev.slipway.oci.layout;

import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.ArchiveIndex;
import dev.slipway.oci.layer.ArchiveIndex.Extent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** A layout in an uncompressed tar archive, read in place. */
final class ArchiveFiles implements LayoutFiles {

    private final FileChannel channel;
    private final Map<String, Extent> files;

    ArchiveFiles(Path archive) throws IOException {
        channel = FileChannel.open(archive);
        try {
            files = ArchiveIndex.of(channel);
        } catch (InvalidImageException e) {
            channel.close();
            throw new InvalidImageException(archive + " is no OCI layout: " + e.getMessage(), e);
        }
    }

    @Override
    public OptionalLong size(String name) {
        Extent extent = files.get(name);
        return extent == null ? OptionalLong.empty() : OptionalLong.of(extent.size());
    }

    @Override
    public InputStream open(String name) {
        Extent extent = files.get(name);
        return new ExtentStream(extent.offset(), extent.offset() + extent.size());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A part of the archive. Several can be read at once. */
    private final class ExtentStream extends InputStream {

        private final long end;
        private long position;

        ExtentStream(long from, long end) {
            this.position = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int wanted = (int) Math.min(length, end - position);
            if (wanted <= 0) {
                return length == 0 ? 0 : -1;
            }
            int n = channel.read(ByteBuffer.wrap(buffer, offset, wanted), position);
            position += Math.max(n, 0);
            return n;
        }
    }
}
