package dev.slipway.oci.place;

import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ExtentStream;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.VerifyingInputStream;
import dev.slipway.oci.layer.ArchiveIndex;
import dev.slipway.oci.layer.ArchiveIndex.Extent;
import dev.slipway.oci.layer.Decompression;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The files of an archive of {@code docker save}, read in place. */
final class DockerArchiveFiles implements BlobSource, Closeable {

    private final Path archive;
    private final FileChannel channel;
    private final Map<String, Extent> files;
    private final Map<Digest, Extent> layers = new ConcurrentHashMap<>();

    private DockerArchiveFiles(Path archive, FileChannel channel, Map<String, Extent> files) {
        this.archive = archive;
        this.channel = channel;
        this.files = files;
    }

    static DockerArchiveFiles open(Path archive) throws IOException {
        FileChannel channel = FileChannel.open(archive);
        try {
            return new DockerArchiveFiles(archive, channel, ArchiveIndex.of(channel));
        } catch (InvalidImageException e) {
            channel.close();
            throw new InvalidImageException(archive + " is no archive of docker save: " + e.getMessage(), e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Path archive() {
        return archive;
    }

    boolean has(String name) {
        return files.containsKey(name);
    }

    /** A small file. */
    Bytes document(String name) throws IOException {
        Extent extent = extent(name);
        if (extent.size() > MAX_DOCUMENT_SIZE) {
            throw new InvalidImageException(
                    name + " of " + archive + " is larger than " + MAX_DOCUMENT_SIZE + " bytes");
        }
        try (InputStream in = stream(extent)) {
            return Bytes.of(in.readAllBytes());
        }
    }

    /**
     * The descriptor of a layer. The digest of an uncompressed layer is its diff id; a compressed one has to be read for it.
     */
    Descriptor layer(String name, Digest diffId) throws IOException {
        Extent extent = extent(name);
        Compression.Format format = compression(name, extent);
        Descriptor layer = format == Compression.Format.NONE
                ? Descriptor.of(MediaTypes.layer(format), diffId, extent.size())
                : compressed(format, extent);
        layers.put(layer.digest(), extent);
        return layer;
    }

    private Compression.Format compression(String name, Extent extent) throws IOException {
        String found;
        try (InputStream in = stream(extent)) {
            found = Decompression.format(in);
        }
        return Stream.of(Compression.Format.values())
                .filter(format -> Decompression.format(format).equals(found))
                .findFirst()
                .orElseThrow(() -> new InvalidImageException("the layer " + name + " of " + archive
                        + " is compressed with " + found + ", for which images have no media type"));
    }

    private Descriptor compressed(Compression.Format format, Extent extent) throws IOException {
        MessageDigest digest = Digest.newSha256();
        try (InputStream in = new DigestInputStream(stream(extent), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Descriptor.of(MediaTypes.layer(format), Digest.of(digest.digest()), extent.size());
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        Extent extent = layers.get(descriptor.digest());
        if (extent == null) {
            throw new BlobNotFoundException(archive + " has no blob " + descriptor.digest());
        }
        return VerifyingInputStream.of(stream(extent), descriptor);
    }

    private InputStream stream(Extent extent) {
        return new ExtentStream(channel, extent.offset(), extent.size());
    }

    private Extent extent(String name) throws InvalidImageException {
        Extent extent = files.get(name);
        if (extent == null) {
            throw new InvalidImageException(archive + " has no file " + name);
        }
        return extent;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
