package dev.slipway.oci.image;

import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ConfigDocument;
import dev.slipway.oci.DocumentBlobs;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.layer.LayerBlobWriter;
import dev.slipway.oci.layer.LayerWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Small images made by the code under test, with all their blobs in memory. */
public final class TestImages implements BlobSource {

    private final Map<Digest, byte[]> layers = new HashMap<>();
    private final List<Bytes> documents = new ArrayList<>();

    /** A layer with one file. */
    public ImageLayer layer(String name, String content, Compression compression) {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try (LayerBlobWriter writer = new LayerBlobWriter(blob, compression)) {
            try (LayerWriter tar = new LayerWriter(writer.tar())) {
                tar.write(FileEntry.file(name, 0644, bytes.length), new ByteArrayInputStream(bytes));
            }
            LayerBlob layer = writer.finish();
            layers.put(layer.descriptor().digest(), blob.toByteArray());
            return new ImageLayer(layer.descriptor(), layer.diffId(), Optional.empty(), "add " + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A layer of these entries; files are empty. */
    public ImageLayer layer(List<FileEntry> entries) {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        try (LayerBlobWriter writer = new LayerBlobWriter(blob, Compression.GZIP)) {
            try (LayerWriter tar = new LayerWriter(writer.tar())) {
                for (FileEntry entry : entries) {
                    tar.write(entry);
                }
            }
            LayerBlob layer = writer.finish();
            layers.put(layer.descriptor().digest(), blob.toByteArray());
            return new ImageLayer(layer.descriptor(), layer.diffId(), Optional.empty(), "add files");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a blob of any kind. */
    public Descriptor add(String mediaType, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        documents.add(Bytes.of(bytes));
        return Descriptor.of(mediaType, bytes);
    }

    /** An image of two layers for a platform such as {@code linux/amd64}. */
    public AssembledImage image(String platform) {
        return imageOf(
                platform,
                List.of(layer("shared", "the same", Compression.GZIP), layer("arch", platform, Compression.ZSTD)));
    }

    /** An image of these layers. */
    public AssembledImage imageOf(String platform, List<ImageLayer> layers) {
        Platform parsed = Platform.parse(platform);
        String variant = parsed.variant().isEmpty() ? "" : ",\"variant\":\"" + parsed.variant() + "\"";
        String config = "{\"architecture\":\"%s\",\"os\":\"%s\"%s,\"config\":{\"Cmd\":[\"/bin/sh\"]}}"
                .formatted(parsed.architecture(), parsed.os(), variant);
        try {
            return add(ImageAssembler.image(ImageParts.of(parsed, ConfigDocument.parse(Bytes.utf8(config)), layers)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the documents of an image. */
    public AssembledImage add(AssembledImage image) {
        documents.addAll(image.documents());
        return image;
    }

    /** An index over images of these platforms. */
    public Descriptor index(String... platforms) {
        List<Descriptor> manifests = new ArrayList<>();
        for (String platform : platforms) {
            manifests.add(image(platform).descriptor());
        }
        return add(ImageAssembler.index(manifests, ImageFormat.OCI, new TreeMap<>()));
    }

    /** Keeps a manifest. */
    public Descriptor add(Manifest manifest) {
        documents.add(Bytes.of(manifest.toJson()));
        return Descriptor.of(manifest.mediaType(), manifest.toJson());
    }

    /** Keeps an index. */
    public Descriptor add(Index index) {
        documents.add(Bytes.of(index.toJson()));
        return Descriptor.of(index.mediaType(), index.toJson());
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        return new DocumentBlobs(documents, this::openLayer).open(descriptor);
    }

    private InputStream openLayer(Descriptor descriptor) throws IOException {
        byte[] layer = layers.get(descriptor.digest());
        if (layer == null) {
            throw new BlobNotFoundException("there is no blob " + descriptor.digest());
        }
        return new ByteArrayInputStream(layer);
    }
}
