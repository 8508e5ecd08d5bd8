package dev.slipway.oci.layout;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.ImageTree;
import dev.slipway.oci.Index;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.VerifyingInputStream;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.disk.NewParents;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Adds an image to a layout in a folder, which is made if need be. Images with other names stay; one with the same name is
 * replaced. The image becomes visible only when all of its blobs are there.
 *
 * <p>Missing blobs are written aside first; closing removes those that were not published.
 */
public final class OciFolderWriter implements Closeable {

    private static final Object ONE_AT_A_TIME = new Object();

    private final LayoutImage image;
    private final Path folder;
    private final NewParents parents;
    private final Aside aside;
    private final List<Descriptor> added = new ArrayList<>();

    private OciFolderWriter(LayoutImage image, Path folder, NewParents parents, Aside aside) {
        this.image = image;
        this.folder = folder;
        this.parents = parents;
        this.aside = aside;
    }

    /**
     * Writes an image. One without a name is listed under the tag that its root is annotated with, else as {@code latest}, as
     * buildx does.
     *
     * @throws InvalidImageException if the folder is a file, or its index is damaged
     * @throws IOException if a blob cannot be read or is damaged, or the folder cannot be written
     */
    public static void write(LayoutImage image, Path folder) throws IOException {
        try (OciFolderWriter writer = writeAside(image, folder)) {
            writer.publish();
        }
    }

    /**
     * Writes the missing blobs of an image aside.
     *
     * @throws InvalidImageException if the folder is a file
     * @throws IOException if a blob cannot be read or is damaged, or nothing can be written
     */
    public static OciFolderWriter writeAside(LayoutImage image, Path folder) throws IOException {
        Path place = folder.toAbsolutePath();
        boolean exists = Files.exists(place);
        if (exists && !Files.isDirectory(place)) {
            throw new InvalidImageException(folder + " is not a folder; an OCI layout can't be written there");
        }
        NewParents parents = NewParents.of(place);
        try {
            // Inside an existing folder, which may be the root of a file system.
            Aside aside = Aside.of(exists ? place.resolve("slipway") : place, Folders::delete);
            OciFolderWriter writer = new OciFolderWriter(image, place, parents, aside);
            writer.fill();
            return writer;
        } catch (IOException | RuntimeException e) {
            parents.close();
            throw e;
        }
    }

    private void fill() throws IOException {
        boolean whole = false;
        try {
            Files.createDirectory(aside.path());
            for (Descriptor blob : ImageTree.of(image.root(), image.blobs())) {
                Path there = blob(folder, blob);
                if (!Files.isRegularFile(there) || Files.size(there) != blob.size()) {
                    write(blob);
                }
            }
            whole = true;
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    private static Path blob(Path layout, Descriptor blob) {
        return layout.resolve(OciLayout.blobName(blob.digest()));
    }

    private void write(Descriptor blob) throws IOException {
        Path file = blob(aside.path(), blob);
        Files.createDirectories(file.getParent());
        try (InputStream in = VerifyingInputStream.of(image.blobs().open(blob), blob);
                OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            in.transferTo(out);
        }
        added.add(blob);
    }

    /** Makes the image visible. */
    public void publish() throws IOException {
        Files.createDirectories(folder);
        Path marker = folder.resolve(LayoutMarker.NAME);
        if (!Files.exists(marker)) {
            AtomicFiles.write(marker, out -> out.write(LayoutMarker.content()));
        }
        for (Descriptor blob : added) {
            Path file = blob(folder, blob);
            Files.createDirectories(file.getParent());
            Files.move(blob(aside.path(), blob), file, StandardCopyOption.REPLACE_EXISTING);
        }
        List<Descriptor> entries = image.names().isEmpty() && !hasTag()
                ? List.of(image.withAnnotations(Map.of(OciLayout.REF_NAME, "latest")))
                : image.entries();
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel channel = FileChannel.open(marker, StandardOpenOption.WRITE)) {
                // Held until the channel is closed, against other processes.
                channel.lock();
                list(entries);
            }
        }
    }

    private void list(List<Descriptor> entries) throws IOException {
        Path file = folder.resolve("index.json");
        List<Descriptor> manifests = new ArrayList<>();
        if (Files.exists(file)) {
            for (Descriptor old : OciLayout.open(folder).index().manifests()) {
                if (entries.stream().noneMatch(entry -> sameName(entry, old))) {
                    manifests.add(old);
                }
            }
        }
        manifests.addAll(entries);
        AtomicFiles.write(file, out -> out.write(Index.of(manifests).toCompactJson()));
    }

    /** Whether it has exactly this tag, whatever its name. */
    private boolean hasTag() {
        return image.root().annotations().containsKey(OciLayout.REF_NAME);
    }

    private boolean sameName(Descriptor entry, Descriptor old) {
        return sameAnnotation(entry, old, OciLayout.REF_NAME)
                && (hasTag() || sameAnnotation(entry, old, OciLayout.IMAGE_NAME));
    }

    private static boolean sameAnnotation(Descriptor one, Descriptor other, String annotation) {
        return Objects.equals(
                one.annotations().get(annotation), other.annotations().get(annotation));
    }

    @Override
    public void close() throws IOException {
        try (parents;
                aside) {
            Folders.delete(aside.path());
        }
    }
}
