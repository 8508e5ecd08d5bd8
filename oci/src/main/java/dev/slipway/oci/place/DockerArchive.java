package dev.slipway.oci.place;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ConfigDocument;
import dev.slipway.oci.DocumentBlobs;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An image of an archive of {@code docker save}, which has no manifest of its own: one is made, always the same. An engine
 * before 25, Podman and others write such archives; those that are also OCI layouts are read as layouts.
 */
final class DockerArchive implements StoredImage {

    private static final String LIST = "manifest.json";

    private final DockerArchiveFiles files;
    private final Descriptor root;
    private final BlobSource blobs;

    private DockerArchive(DockerArchiveFiles files, Descriptor root, BlobSource blobs) {
        this.files = files;
        this.root = root;
        this.blobs = blobs;
    }

    /** Whether a file is such an archive, and not also a layout. */
    static boolean isOne(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (DockerArchiveFiles files = DockerArchiveFiles.open(file)) {
            return files.has(LIST) && !files.has("index.json");
        } catch (IOException e) {
            return false; // Reading it will report what is wrong.
        }
    }

    static DockerArchive open(Path file, Optional<ImageReference> name) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidImageException("there is no archive " + file);
        }
        DockerArchiveFiles files = DockerArchiveFiles.open(file);
        try {
            return read(files, choose(files, name));
        } catch (JsonException e) {
            files.close();
            throw new InvalidImageException(LIST + " of " + file + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static JsonObject choose(DockerArchiveFiles files, Optional<ImageReference> name) throws IOException {
        if (!files.has(LIST)) {
            throw new InvalidImageException(files.archive() + " is no archive of docker save: it has no " + LIST);
        }
        List<JsonObject> images = Json.objects(files.document(LIST).toArray());
        if (name.isEmpty() && images.size() == 1) {
            return images.get(0);
        }
        List<String> known = new ArrayList<>();
        for (JsonObject image : images) {
            for (String tag : image.strings("RepoTags")) {
                if (name.isPresent() && isName(tag, name.get())) {
                    return image;
                }
                known.add(tag);
            }
        }
        String wanted =
                name.map(reference -> "no image " + reference.familiar()).orElse(images.size() + " images");
        throw new InvalidImageException(wanted + " in " + files.archive() + "; "
                + (known.isEmpty()
                        ? "its images have no names"
                        : known.stream().collect(Collectors.joining(", ", "it has ", ""))));
    }

    private static boolean isName(String tag, ImageReference wanted) {
        try {
            return ImageReference.parse(tag).withDefaultTag().equals(wanted);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static DockerArchive read(DockerArchiveFiles files, JsonObject image) throws IOException {
        Bytes config = files.document(image.requiredString("Config"));
        ConfigDocument document = ConfigDocument.parse(config);
        List<String> names = image.strings("Layers");
        if (names.size() != document.config().diffIds().size()) {
            throw new InvalidImageException(
                    "the image in " + files.archive() + " has " + names.size() + " layers, but its config names "
                            + document.config().diffIds().size());
        }
        List<Descriptor> layers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            layers.add(files.layer(names.get(i), document.config().diffIds().get(i)));
        }
        Manifest manifest =
                Manifest.of(MediaTypes.OCI_MANIFEST, Descriptor.of(MediaTypes.OCI_CONFIG, config.toArray()), layers);
        Bytes json = Bytes.of(manifest.toJson());
        return new DockerArchive(
                files,
                Descriptor.of(manifest.mediaType(), json.toArray()),
                new DocumentBlobs(List.of(config, json), files));
    }

    @Override
    public Descriptor root() {
        return root;
    }

    @Override
    public BlobSource blobs() {
        return blobs;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
