package dev.slipway.local;

import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ConfigDocument;
import dev.slipway.oci.DocumentBlobs;
import dev.slipway.oci.Index;
import dev.slipway.oci.image.AssembledImage;
import dev.slipway.oci.image.ImageAssembler;
import dev.slipway.oci.image.ImageFormat;
import dev.slipway.oci.image.ImageLayer;
import dev.slipway.oci.image.ImageParts;
import dev.slipway.oci.layer.LayerBlobWriter;
import dev.slipway.oci.layer.LayerWriter;
import dev.slipway.oci.layout.LayoutImage;
import dev.slipway.oci.layout.OciFolderWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** An image made by a test, layer by layer. */
public final class TestImage {

    static final Path BUSYBOX = Path.of("/bin/busybox");

    private final List<byte[]> blobs = new ArrayList<>();
    private final List<ImageLayer> layers = new ArrayList<>();
    private ByteArrayOutputStream bytes;
    private LayerBlobWriter blob;
    private LayerWriter tar;
    private Compression compression = Compression.GZIP;
    private Optional<Digest> claimed = Optional.empty();
    private String environment = "\"PATH=/bin\"";
    private String system = "linux";

    /** Begins a layer. */
    public TestImage layer() throws IOException {
        finishLayer();
        bytes = new ByteArrayOutputStream();
        blob = new LayerBlobWriter(bytes, compression);
        tar = new LayerWriter(blob.tar());
        return this;
    }

    /** How the layers that are begun from now on are compressed. */
    public TestImage compressed(Compression how) {
        compression = how;
        return this;
    }

    /** What the config says the last layer holds, whatever it does hold. */
    public TestImage claim(Digest diffId) {
        claimed = Optional.of(diffId);
        return this;
    }

    /** The environment in the config, as the elements of a JSON array. */
    public TestImage environment(String json) {
        environment = json;
        return this;
    }

    /** The operating system in the config, whichever the index says. */
    public TestImage system(String os) {
        system = os;
        return this;
    }

    /** The diff ids of the layers, once the image is written. */
    public List<Digest> diffIds() {
        return layers.stream().map(ImageLayer::diffId).toList();
    }

    /** The digests of the blobs, once the image is written. */
    public List<Digest> blobDigests() {
        return layers.stream().map(layer -> layer.descriptor().digest()).toList();
    }

    public TestImage add(FileEntry entry) throws IOException {
        tar.write(entry);
        return this;
    }

    public TestImage folder(String path, int mode) throws IOException {
        return add(FileEntry.directory(path, mode));
    }

    public TestImage file(String path, String content) throws IOException {
        return file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    public TestImage file(String path, int mode, byte[] content) throws IOException {
        tar.write(FileEntry.file(path, mode, content.length), new ByteArrayInputStream(content));
        return this;
    }

    /** A file that is what this entry says. */
    public TestImage file(FileEntry entry, String content) throws IOException {
        tar.write(entry, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    private void finishLayer() throws IOException {
        if (tar != null) {
            tar.close();
            LayerBlob made = blob.finish();
            blobs.add(bytes.toByteArray());
            layers.add(new ImageLayer(made.descriptor(), claimed.orElse(made.diffId()), Optional.empty(), ""));
        }
    }

    /** Writes the image as a layout for the platform of this machine. */
    public void write(Path folder) throws IOException {
        finishLayer();
        Platform platform = Platform.host();
        String config = "{\"architecture\":\"" + platform.architecture() + "\",\"os\":\"" + system + "\","
                + "\"created\":\"2023-11-14T22:13:20Z\",\"config\":{\"Env\":[" + environment + "]},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
        AssembledImage image =
                ImageAssembler.image(ImageParts.of(platform, ConfigDocument.parse(Bytes.utf8(config)), layers));
        Index index = ImageAssembler.index(List.of(image.descriptor()), ImageFormat.OCI, new TreeMap<>());
        List<Bytes> documents = new ArrayList<>(image.documents());
        documents.add(Bytes.of(index.toJson()));
        BlobSource source = descriptor -> new ByteArrayInputStream(blobs.stream()
                .filter(each -> Descriptor.of("", each).digest().equals(descriptor.digest()))
                .findFirst()
                .orElseThrow());
        Descriptor root = Descriptor.of(ImageFormat.OCI.index(), index.toJson());
        OciFolderWriter.write(new LayoutImage(root, List.of(), new DocumentBlobs(documents, source)), folder);
    }

    /** One layer with a shell, users and the usual folders. */
    public static TestImage busybox() throws IOException {
        TestImage image = new TestImage().layer();
        for (String name : List.of("bin", "etc", "root", "dev", "proc", "sys")) {
            image.folder(name, 0755);
        }
        image.folder("tmp", 01777);
        image.file("bin/busybox", 0755, Files.readAllBytes(BUSYBOX));
        for (String applet :
                List.of("sh", "cat", "ls", "mkdir", "rm", "ln", "chmod", "chown", "touch", "sleep", "id")) {
            image.add(FileEntry.symlink("bin/" + applet, "busybox"));
        }
        image.file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33:www:/var/www:/bin/false\n");
        return image.file("etc/group", "root:x:0:\nwww-data:x:33:\nusers:x:100:\n");
    }
}
