package dev.slipway.oci.output;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.executor.image.LayerRequest;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import dev.slipway.oci.layer.LayerBlobWriter;
import dev.slipway.oci.layer.LayerWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An image with one layer, of files that are in memory. */
record MemoryImage(ImageSpec spec, SortedMap<String, String> content) implements BuiltImage, BuiltLayer {

    /** The image of a platform such as {@code linux/amd64}. */
    static MemoryImage of(String platform, Map<String, String> content) {
        Platform parsed = Platform.parse(platform);
        String config = "{\"architecture\":\"%s\",\"os\":\"%s\"}".formatted(parsed.architecture(), parsed.os());
        return new MemoryImage(
                new ImageSpec(parsed, Bytes.utf8(config), Optional.empty(), Optional.empty()), new TreeMap<>(content));
    }

    @Override
    public List<BuiltLayer> layers() {
        return List.of(this);
    }

    @Override
    public ImageFiles files() {
        return new Files();
    }

    @Override
    public Optional<Instant> created() {
        return Optional.empty();
    }

    private byte[] bytes(String path) {
        return content.get(path).getBytes(StandardCharsets.UTF_8);
    }

    private FileEntry entry(String path) {
        return FileEntry.file(path, 0644, bytes(path).length);
    }

    @Override
    public LayerBlob blob(LayerRequest wanted, StepMonitor monitor) {
        return write(new ByteArrayOutputStream(), wanted);
    }

    private LayerBlob write(ByteArrayOutputStream blob, LayerRequest wanted) {
        try (LayerBlobWriter writer = new LayerBlobWriter(blob, wanted.compression())) {
            try (LayerWriter tar = new LayerWriter(writer.tar())) {
                for (String path : content.keySet()) {
                    tar.write(entry(path), new ByteArrayInputStream(bytes(path)));
                }
            }
            return writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open(Descriptor blob) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, new LayerRequest(ImageOptions.USUAL.compression(), false, Optional.empty()));
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private final class Files implements ImageFiles {

        @Override
        public FileEntry root() {
            return FileEntry.directory("", 0755);
        }

        @Override
        public Iterator<FileEntry> walk() {
            return content.keySet().stream().map(MemoryImage.this::entry).iterator();
        }

        @Override
        public Optional<FileEntry> find(String path) {
            return content.containsKey(path) ? Optional.of(entry(path)) : Optional.empty();
        }

        @Override
        public InputStream open(FileEntry file) {
            if (file.type() != EntryType.FILE) {
                throw new IllegalArgumentException("not a file: " + file);
            }
            return new ByteArrayInputStream(bytes(file.path()));
        }

        @Override
        public void close() {}
    }
}
