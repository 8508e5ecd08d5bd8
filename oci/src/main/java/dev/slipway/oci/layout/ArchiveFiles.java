package dev.slipway.oci.layout;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.ExtentStream;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.ArchiveIndex;
import dev.slipway.oci.layer.ArchiveIndex.Extent;
import java.io.IOException;
import java.io.InputStream;
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
            throw new InvalidImageException(archive + " is not an OCI layout: " + e.getMessage(), e);
        }
    }

    @Override
    public OptionalLong size(String name) {
        Extent extent = files.get(name);
        return extent == null ? OptionalLong.empty() : OptionalLong.of(extent.size());
    }

    @Override
    public InputStream open(String name) {
        Extent extent = requireNonNull(files.get(name), name);
        return new ExtentStream(channel, extent.offset(), extent.size());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
