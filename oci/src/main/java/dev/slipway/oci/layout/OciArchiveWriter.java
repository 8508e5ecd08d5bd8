package dev.slipway.oci.layout;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.oci.ImageTree;
import dev.slipway.oci.Index;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.VerifyingInputStream;
import dev.slipway.oci.layer.LayerWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes an image as the tar archive of a layout, as BuildKit does: members sorted by name, all at time 0. */
public final class OciArchiveWriter {

    private OciArchiveWriter() {}

    /**
     * Writes an archive.
     *
     * @param out is flushed, but not closed
     * @throws IOException if a blob cannot be read or is damaged, or the archive cannot be written; what was written so far is
     *     then useless
     */
    public static void write(LayoutImage image, OutputStream out) throws IOException {
        write(image, Optional.empty(), out);
    }

    /** Writes an archive to a file, completely or not at all. */
    public static void write(LayoutImage image, Path file) throws IOException {
        AtomicFiles.write(file, out -> write(image, out));
    }

    /** Writes an archive for {@code docker load} to a file, whole or not at all. */
    public static void writeForDocker(LayoutImage image, Path file) throws IOException {
        AtomicFiles.write(file, out -> writeForDocker(image, out));
    }

    /**
     * Writes an archive that {@code docker load} takes as well, whatever the age of the engine.
     *
     * @param out is flushed, but not closed
     * @throws InvalidImageException if the image is for several platforms
     */
    public static void writeForDocker(LayoutImage image, OutputStream out) throws IOException {
        write(image, Optional.of(DockerManifest.of(image, ImageReference::familiar)), out);
    }

    /**
     * Writes an archive as {@link #writeForDocker} does, with full names: Podman gives a name without a host the host {@code
     * localhost}, in an archive with several names.
     *
     * @param out is flushed, but not closed
     * @throws InvalidImageException if the image is for several platforms
     */
    public static void writeForEngine(LayoutImage image, OutputStream out) throws IOException {
        write(image, Optional.of(DockerManifest.of(image, ImageReference::toString)), out);
    }

    private static void write(LayoutImage image, Optional<byte[]> dockerManifest, OutputStream out) throws IOException {
        SortedMap<String, Descriptor> blobs = new TreeMap<>();
        for (Descriptor descriptor : ImageTree.of(image.root(), image.blobs())) {
            blobs.put(OciLayout.blobName(descriptor.digest()), descriptor);
        }
        LayerWriter tar = new LayerWriter(out);
        tar.write(FileEntry.directory("blobs", 0755));
        String folder = "blobs";
        for (Map.Entry<String, Descriptor> entry : blobs.entrySet()) {
            Descriptor blob = entry.getValue();
            String parent = "blobs/" + blob.digest().algorithm();
            if (!folder.equals(parent)) {
                folder = parent;
                tar.write(FileEntry.directory(folder, 0755));
            }
            try (InputStream in = VerifyingInputStream.of(image.blobs().open(blob), blob)) {
                tar.write(FileEntry.file(entry.getKey(), 0444, blob.size()), in);
            }
        }
        writeFile(tar, "index.json", 0644, Index.of(image.entries()).toCompactJson());
        if (dockerManifest.isPresent()) {
            writeFile(tar, "manifest.json", 0644, dockerManifest.get());
        }
        writeFile(tar, LayoutMarker.NAME, 0444, LayoutMarker.content());
        tar.close();
        out.flush();
    }

    private static void writeFile(LayerWriter tar, String name, int mode, byte[] content) throws IOException {
        tar.write(FileEntry.file(name, mode, content.length), new ByteArrayInputStream(content));
    }
}
