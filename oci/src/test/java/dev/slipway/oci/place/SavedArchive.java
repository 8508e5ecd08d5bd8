package dev.slipway.oci.place;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Image;
import dev.slipway.oci.json.JsonWriter;
import dev.slipway.oci.layer.Decompression;
import dev.slipway.oci.layer.LayerWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Archives as {@code docker save} wrote them before they were layouts as well. */
final class SavedArchive {

    private SavedArchive() {}

    /** Layers that are not compressed; the first has its name by a link, as it is where two images share it. */
    static Path old(Path file, Descriptor root, BlobSource blobs, String name) throws IOException {
        Image image = Image.read(root, blobs);
        try (OutputStream out = Files.newOutputStream(file);
                LayerWriter tar = new LayerWriter(out)) {
            byte[] config = image.document().json().toArray();
            write(tar, "config.json", config);
            List<String> layers = new ArrayList<>();
            for (int i = 0; i < image.manifest().layers().size(); i++) {
                try (InputStream layer = Decompression.open(image.openLayer(i))) {
                    write(tar, i + "/real.tar", layer.readAllBytes());
                }
                tar.write(FileEntry.symlink(i + "/layer.tar", "../" + i + "/real.tar"));
                layers.add(i + "/layer.tar");
            }
            write(tar, "manifest.json", manifest("config.json", List.of(name), layers));
        }
        return file;
    }

    static Path withCompressedLayers(Path file, Descriptor root, BlobSource blobs) throws IOException {
        Image image = Image.read(root, blobs);
        try (OutputStream out = Files.newOutputStream(file);
                LayerWriter tar = new LayerWriter(out)) {
            write(tar, "config.json", image.document().json().toArray());
            List<String> layers = new ArrayList<>();
            for (int i = 0; i < image.manifest().layers().size(); i++) {
                try (InputStream layer = image.openLayer(i)) {
                    write(tar, i + ".tar", layer.readAllBytes());
                }
                layers.add(i + ".tar");
            }
            write(tar, "manifest.json", manifest("config.json", List.of(), layers));
        }
        return file;
    }

    static Path of(Path file, Map<String, String> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                LayerWriter tar = new LayerWriter(out)) {
            for (Map.Entry<String, String> entry : files.entrySet()) {
                write(tar, entry.getKey(), entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static byte[] manifest(String config, List<String> names, List<String> layers) {
        return JsonWriter.compact()
                .startArray()
                .startObject()
                .member("Config", config)
                .member("RepoTags", names)
                .member("Layers", layers)
                .endObject()
                .endArray()
                .toBytes();
    }

    private static void write(LayerWriter tar, String name, byte[] content) throws IOException {
        tar.write(FileEntry.file(name, 0644, content.length), new ByteArrayInputStream(content));
    }
}
