package dev.slipway.oci.place;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.engine.Engine;
import dev.slipway.oci.registry.Push;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Reads images from all places, and writes to them. */
public final class ImagePlaces {

    private final RegistryClient registries;

    /** @param registries for images of registries */
    public ImagePlaces(RegistryClient registries) {
        this.registries = requireNonNull(registries, "registries is null");
    }

    /**
     * Finds an image. No layers are read, except from an engine.
     *
     * @throws IOException if it does not exist, or is invalid
     */
    public StoredImage open(ImagePlace place) throws IOException {
        if (place instanceof ImagePlace.OfRegistry registry) {
            return RegistryImage.open(registries, registry.reference());
        }
        if (place instanceof ImagePlace.OfLayout layout) {
            return LayoutStoredImage.open(layout);
        }
        if (place instanceof ImagePlace.OfDockerArchive archive) {
            return DockerArchive.open(archive.file(), archive.name());
        }
        if (place instanceof ImagePlace.OfEngine engine) {
            return EngineImage.open(Engine.find(Optional.empty()), engine.name());
        }
        throw new IllegalStateException("no such place: " + place);
    }

    /**
     * The sink for a place.
     *
     * @throws InvalidImageException if nothing can be written there
     */
    public ImageSink sink(ImagePlace place) throws IOException {
        if (place instanceof ImagePlace.OfRegistry registry) {
            return (image, monitor) -> registries.push(
                    new Push(registry.reference(), image.root(), image.blobs(), image.origins()), monitor);
        }
        if (place instanceof ImagePlace.OfLayout layout) {
            return layoutSink(layout);
        }
        if (place instanceof ImagePlace.OfDockerArchive archive) {
            return new DockerArchiveSink(archive);
        }
        if (place instanceof ImagePlace.OfEngine engine) {
            return new EngineSink(Engine.find(Optional.empty()), engine.name());
        }
        throw new IllegalStateException("no such place: " + place);
    }

    private static ImageSink layoutSink(ImagePlace.OfLayout layout) throws InvalidImageException {
        boolean there = Files.exists(layout.path());
        boolean folder = layout.form() == ImagePlace.LayoutForm.FOLDER;
        if (there && folder != Files.isDirectory(layout.path())) {
            throw new InvalidImageException(
                    folder
                            ? layout.path() + " is a file; to write an archive, say oci-archive://" + layout.path()
                            : layout.path() + " is a folder; to write a layout into it, say oci-layout://"
                                    + layout.path());
        }
        return new LayoutSink(layout);
    }
}
