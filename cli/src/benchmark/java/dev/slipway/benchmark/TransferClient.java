package dev.slipway.benchmark;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.DocumentBlobs;
import dev.slipway.oci.Image;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.posix.NativeSha256;
import dev.slipway.oci.registry.Push;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistrySettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/** Pushes a file as the layer of an image, or pulls it, in a process of its own, as the command does. Its digest is known, as in a build. */
final class TransferClient {

    private static final int PIECE = 1 << 17;

    private TransferClient() {}

    public static void main(String[] arguments) throws IOException {
        NativeSha256.install();
        ImageReference image = ImageReference.parse(arguments[1] + "/large:1");
        RegistryClient client = new RegistryClient(RegistrySettings.anonymous());
        Path file = Path.of(arguments[2]);
        if (arguments[0].equals("push")) {
            push(client, image, file);
        } else {
            pull(client, image, file);
        }
    }

    /** The digest is kept in a file beside the layer. */
    static Digest digest(Path file) throws IOException {
        Path known = file.resolveSibling(file.getFileName() + ".digest");
        if (!Files.exists(known)) {
            MessageDigest sha256 = Digest.newSha256();
            byte[] piece = new byte[PIECE];
            try (InputStream in = Files.newInputStream(file)) {
                for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                    sha256.update(piece, 0, n);
                }
            }
            Files.writeString(known, Digest.of(sha256.digest()).toString());
        }
        return Digest.parse(Files.readString(known));
    }

    private static void push(RegistryClient client, ImageReference image, Path file) throws IOException {
        Descriptor layer = Descriptor.of(MediaTypes.OCI_LAYER, digest(file), Files.size(file));
        Bytes config = Bytes.utf8(
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
                        .formatted(layer.digest()));
        Manifest manifest = Manifest.of(
                MediaTypes.OCI_MANIFEST, Descriptor.of(MediaTypes.OCI_CONFIG, config.toArray()), List.of(layer));
        Bytes document = Bytes.of(manifest.toJson());
        BlobSource blobs = new DocumentBlobs(List.of(config, document), blob -> Files.newInputStream(file));
        client.push(Push.of(image, Descriptor.of(manifest.mediaType(), document.toArray()), blobs), StepMonitor.NONE);
    }

    private static void pull(RegistryClient client, ImageReference image, Path file) throws IOException {
        byte[] piece = new byte[PIECE];
        try (InputStream in =
                        Image.read(client.resolve(image), client.blobs(image)).openLayer(0);
                OutputStream out = Files.newOutputStream(file)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                out.write(piece, 0, n);
            }
        }
    }
}
