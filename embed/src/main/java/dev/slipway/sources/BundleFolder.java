package dev.slipway.sources;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.oci.VerifyingInputStream;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.layer.LayerBlobWriter;
import dev.slipway.oci.layer.LayerWriter;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The layout of a bundle, written aside, and put in its place when it is whole. */
final class BundleFolder implements Closeable {

    private static final byte[] MARKER = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
    private static final String ARCHIVE = ".tar";

    private final Path target;
    private final Path aside;
    private final TreeMap<String, Long> blobs = new TreeMap<>();

    private BundleFolder(Path target, Path aside) {
        this.target = target;
        this.aside = aside;
    }

    /**
     * Begins one.
     *
     * @param target an archive if it ends in {@code .tar}, else a folder
     * @throws ExecutorException if there is something else in its place
     */
    static BundleFolder create(Path target) throws IOException {
        Path place = target.toAbsolutePath().normalize();
        boolean isOther = isArchive(place)
                ? Files.isDirectory(place)
                : Files.exists(place) && !Files.exists(place.resolve("oci-layout")) && !isEmpty(place);
        if (isOther) {
            throw new ExecutorException(target + " is something else than a bundle; name another place");
        }
        Files.createDirectories(place.getParent());
        return new BundleFolder(place, Files.createTempDirectory(place.getParent(), ".slipway-bundle"));
    }

    private static boolean isArchive(Path place) {
        return place.getFileName().toString().endsWith(ARCHIVE);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Writes a blob, unless it is there. The stream is closed. */
    void blob(Descriptor blob, InputStream content) throws IOException {
        try (InputStream in = VerifyingInputStream.of(content, blob)) {
            String name =
                    "blobs/" + blob.digest().algorithm() + "/" + blob.digest().hex();
            if (blobs.put(name, blob.size()) == null) {
                Path file = aside.resolve(name);
                Files.createDirectories(file.getParent());
                Files.copy(in, file);
            }
        }
    }

    /** Writes files as a layer, their root included. */
    LayerBlob layer(ImageFiles files) throws IOException, InterruptedException {
        Path file = Files.createTempFile(aside, "layer", "");
        LayerBlob blob;
        try (OutputStream out = Files.newOutputStream(file);
                LayerBlobWriter writer = new LayerBlobWriter(out, Compression.GZIP)) {
            LayerWriter tar = new LayerWriter(writer.tar());
            tar.write(files.root());
            for (Iterator<FileEntry> walk = files.walk(); walk.hasNext(); ) {
                FileEntry entry = walk.next();
                if (entry.type() == EntryType.FILE) {
                    try (InputStream content = files.open(entry)) {
                        tar.write(entry, content);
                    }
                } else {
                    tar.write(entry);
                }
            }
            tar.close();
            blob = writer.finish();
        }
        blob(blob.descriptor(), Files.newInputStream(file));
        Files.delete(file);
        return blob;
    }

    /** Writes what lists the blobs, and publishes all. */
    void finish(byte[] index) throws IOException {
        if (isArchive(target)) {
            Path archive = aside.resolve("bundle.tar");
            try (OutputStream out = Files.newOutputStream(archive)) {
                writeArchive(index, out);
            }
            Files.move(archive, target, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        Files.write(aside.resolve("index.json"), index);
        Files.write(aside.resolve("oci-layout"), MARKER);
        Folders.delete(target);
        Files.move(aside, target);
    }

    private void writeArchive(byte[] index, OutputStream out) throws IOException {
        try (LayerWriter tar = new LayerWriter(out)) {
            tar.write(FileEntry.directory("blobs", 0755));
            List<String> folders = blobs.keySet().stream()
                    .map(name -> name.substring(0, name.lastIndexOf('/')))
                    .distinct()
                    .toList();
            for (String folder : folders) {
                tar.write(FileEntry.directory(folder, 0755));
            }
            for (var blob : blobs.entrySet()) {
                try (InputStream in = Files.newInputStream(aside.resolve(blob.getKey()))) {
                    tar.write(FileEntry.file(blob.getKey(), 0444, blob.getValue()), in);
                }
            }
            file(tar, "index.json", index);
            file(tar, "oci-layout", MARKER);
        }
    }

    private static void file(LayerWriter tar, String name, byte[] content) throws IOException {
        tar.write(FileEntry.file(name, 0444, content.length), new ByteArrayInputStream(content));
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(aside)) {
            Folders.delete(aside);
        }
    }
}
