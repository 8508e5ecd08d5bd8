package dev.slipway.oci.layout;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Index;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.VerifyingInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Reads an OCI image layout: a folder, or an uncompressed tar archive of one. The index is read when the layout is opened;
 * blobs are read on request, from any number of threads.
 */
public final class OciLayout implements BlobSource, Closeable {

    /** The annotation with the tag of an image. */
    public static final String REF_NAME = "org.opencontainers.image.ref.name";

    /** The annotation with the full name of an image, containerd's. */
    public static final String IMAGE_NAME = "io.containerd.image.name";

    private final Path path;
    private final LayoutFiles files;
    private final Index index;

    private OciLayout(Path path, LayoutFiles files, Index index) {
        this.path = path;
        this.files = files;
        this.index = index;
    }

    /**
     * Opens a layout.
     *
     * @param path a folder or a tar archive
     * @throws InvalidImageException if it is not a layout
     */
    public static OciLayout open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new InvalidImageException("there is no OCI layout " + path);
        }
        LayoutFiles files = Files.isDirectory(path) ? new FolderFiles(path) : new ArchiveFiles(path);
        try {
            return new OciLayout(path, files, readIndex(path, files));
        } catch (IOException e) {
            files.close();
            throw e;
        }
    }

    private static Index readIndex(Path path, LayoutFiles files) throws IOException {
        OptionalLong size = files.size("index.json");
        if (size.isEmpty()) {
            throw new InvalidImageException(path + " is not an OCI layout: it has no index.json");
        }
        if (size.getAsLong() > MAX_DOCUMENT_SIZE) {
            throw new InvalidImageException(
                    "index.json of " + path + " is larger than " + MAX_DOCUMENT_SIZE + " bytes");
        }
        try (InputStream in = files.open("index.json")) {
            return Index.parse(in.readNBytes(MAX_DOCUMENT_SIZE));
        } catch (InvalidImageException e) {
            throw new InvalidImageException("index.json of " + path + ": " + e.getMessage(), e);
        }
    }

    /** The entries of the layout: manifests, and indexes of several platforms. */
    public Index index() {
        return index;
    }

    /**
     * The image with this full name or tag; if there is none, the only image in the layout. This is how buildx reads
     * {@code oci-layout://}; without a tag it asks for {@code latest}.
     *
     * @throws InvalidImageException if there are several images, and none has this name
     */
    public Descriptor find(String nameOrTag) throws InvalidImageException {
        Optional<Descriptor> named = annotated(IMAGE_NAME, nameOrTag).or(() -> annotated(REF_NAME, nameOrTag));
        if (named.isPresent()) {
            return named.get();
        }
        if (index.manifests().size() == 1) {
            return index.manifests().get(0);
        }
        String names = index.manifests().stream()
                .map(manifest -> manifest.annotations().get(REF_NAME))
                .filter(name -> name != null)
                .collect(Collectors.joining(", "));
        throw new InvalidImageException("no image " + nameOrTag + " in the OCI layout " + path + "; "
                + (names.isEmpty() ? "its images have no names" : "it has " + names));
    }

    /**
     * The manifest or index with this digest, listed or not.
     *
     * @throws BlobNotFoundException if the layout does not have it
     * @throws InvalidImageException if it is something else
     */
    public Descriptor find(Digest digest) throws IOException {
        for (Descriptor listed : index.manifests()) {
            if (listed.digest().equals(digest)) {
                return listed;
            }
        }
        OptionalLong size = files.size(blobName(digest));
        if (size.isEmpty()) {
            throw missing(digest);
        }
        Descriptor unknown = Descriptor.of("", digest, size.getAsLong());
        byte[] document = read(unknown).toArray();
        return unknown.withMediaType(mediaType(document));
    }

    private static String mediaType(byte[] document) throws InvalidImageException {
        try {
            return Manifest.parse(document).mediaType();
        } catch (InvalidImageException e) {
            return Index.parse(document).mediaType();
        }
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        String name = blobName(descriptor.digest());
        OptionalLong size = files.size(name);
        if (size.isEmpty()) {
            throw missing(descriptor.digest());
        }
        return VerifyingInputStream.of(files.open(name), descriptor);
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    static String blobName(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    private Optional<Descriptor> annotated(String annotation, String value) {
        List<Descriptor> manifests = index.manifests();
        return manifests.stream()
                .filter(manifest -> value.equals(manifest.annotations().get(annotation)))
                .filter(manifest ->
                        MediaTypes.isIndex(manifest.mediaType()) || MediaTypes.isManifest(manifest.mediaType()))
                .findFirst();
    }

    private BlobNotFoundException missing(Digest digest) {
        return new BlobNotFoundException("the OCI layout " + path + " has no blob " + digest);
    }
}
