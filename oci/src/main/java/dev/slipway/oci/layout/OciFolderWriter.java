package dev.slipway.oci.layout;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.ImageTree;
import dev.slipway.oci.Index;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Adds an image to a layout in a folder, which is made if need be. Images of other names stay; one of the same name is
 * replaced. The image can be found when all of its blobs are there, not before.
 */
public final class OciFolderWriter {

    private static final Object ONE_AT_A_TIME = new Object();

    private OciFolderWriter() {}

    /**
     * Writes an image. One without a name is listed as {@code latest}, as buildx does.
     *
     * @throws InvalidImageException if the folder is a file, or its index is damaged
     * @throws IOException if a blob cannot be read or is damaged, or the folder not written
     */
    public static void write(LayoutImage image, Path folder) throws IOException {
        prepare(folder);
        for (Descriptor blob : ImageTree.of(image.root(), image.blobs())) {
            writeBlob(image, blob, folder.resolve(OciLayout.blobName(blob.digest())));
        }
        List<Descriptor> entries = image.names().isEmpty()
                ? List.of(image.withAnnotations(Map.of(OciLayout.REF_NAME, "latest")))
                : image.entries();
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel marker = FileChannel.open(folder.resolve(LayoutMarker.NAME), StandardOpenOption.WRITE)) {
                // Held until the channel is closed, against other processes.
                marker.lock();
                list(entries, folder);
            }
        }
    }

    private static void prepare(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InvalidImageException(folder + " is no folder; an OCI layout can't be written there");
        }
        Files.createDirectories(folder);
        Path marker = folder.resolve(LayoutMarker.NAME);
        if (!Files.exists(marker)) {
            AtomicFiles.write(marker, out -> out.write(LayoutMarker.content()));
        }
    }

    private static void writeBlob(LayoutImage image, Descriptor blob, Path file) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) == blob.size()) {
            return;
        }
        Files.createDirectories(file.getParent());
        AtomicFiles.write(file, out -> {
            try (InputStream in = VerifyingInputStream.of(image.blobs().open(blob), blob)) {
                in.transferTo(out);
            }
        });
    }

    private static void list(List<Descriptor> entries, Path folder) throws IOException {
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

    private static boolean sameName(Descriptor one, Descriptor other) {
        return sameAnnotation(one, other, OciLayout.REF_NAME) && sameAnnotation(one, other, OciLayout.IMAGE_NAME);
    }

    private static boolean sameAnnotation(Descriptor one, Descriptor other, String annotation) {
        return Objects.equals(
                one.annotations().get(annotation), other.annotations().get(annotation));
    }
}
