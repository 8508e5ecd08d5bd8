package dev.slipway.oci.place;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.engine.Engine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An image of an engine. Engines export only whole archives, so one is kept on disk as long as the image is open.
 *
 * @param archive the exported archive
 * @param image in the archive
 */
record EngineImage(Path archive, StoredImage image) implements StoredImage {

    static EngineImage open(Engine engine, ImageReference name) throws IOException {
        Path archive = Files.createTempFile("slipway-image", ".tar");
        try {
            try (OutputStream out = Files.newOutputStream(archive)) {
                engine.save(name.toString(), out);
            }
            // Engines before 25 write no layout. Those that do list the image under its full name.
            StoredImage image = DockerArchive.isOne(archive)
                    ? DockerArchive.open(archive, Optional.empty())
                    : LayoutStoredImage.open(new ImagePlace.OfLayout(
                            archive, Optional.of(name.toString()), Optional.empty(), ImagePlace.LayoutForm.ARCHIVE));
            return new EngineImage(archive, image);
        } catch (IOException | RuntimeException e) {
            Files.delete(archive);
            throw e;
        }
    }

    @Override
    public Descriptor root() {
        return image.root();
    }

    @Override
    public BlobSource blobs() {
        return image.blobs();
    }

    @Override
    public void close() throws IOException {
        try {
            image.close();
        } finally {
            Files.delete(archive);
        }
    }
}
