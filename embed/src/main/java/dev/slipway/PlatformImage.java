package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.config.ImageConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The image of one platform, as a build made it. */
public final class PlatformImage {

    private final BuiltImage built;
    private final Manifests manifests;
    private final int position;

    PlatformImage(BuiltImage built, Manifests manifests, int position) {
        this.built = built;
        this.manifests = manifests;
        this.position = position;
    }

    /** Its platform. */
    public Platform platform() {
        return built.spec().platform();
    }

    /**
     * The digest of its manifest.
     *
     * @throws BuildException if it has to be made and cannot be
     */
    public Digest digest() {
        return manifests.image(position).descriptor().digest();
    }

    /**
     * The digest of its config.
     *
     * @throws BuildException if it has to be made and cannot be
     */
    public Digest configDigest() {
        return manifests.image(position).manifest().config().digest();
    }

    /**
     * Its config: what a container of it runs, and how the image came to be.
     *
     * @throws BuildException if the digests of its layers have to be made and cannot be
     */
    public ImageConfig config() {
        return manifests.image(position).config();
    }

    /**
     * Its layers as its manifest lists them, lowest first.
     *
     * @throws BuildException if they have to be made and cannot be
     */
    public List<Descriptor> layers() {
        return manifests.image(position).manifest().layers();
    }

    /**
     * Opens its files: what a container of it would see.
     *
     * @throws BuildException if they cannot be read
     */
    public ImageFiles files() {
        return Failures.uninterrupted("the files of the image", built::files);
    }

    /**
     * Reads a file.
     *
     * @param path absolute; links are followed inside the image
     * @return its content, or empty if there is no such file
     * @throws BuildException if it is no regular file, or cannot be read
     */
    public Optional<byte[]> readFile(String path) {
        requireNonNull(path, "path is null");
        return Failures.uninterrupted(path, () -> {
            try (ImageFiles files = built.files()) {
                Optional<FileEntry> file = files.find(path);
                if (file.isEmpty()) {
                    return Optional.empty();
                }
                if (file.get().type() != EntryType.FILE) {
                    throw new BuildException(
                            path + " of the image for " + platform().formatAll() + " is not a regular file");
                }
                try (InputStream content = files.open(file.get())) {
                    return Optional.of(content.readAllBytes());
                }
            } catch (IOException e) {
                throw new BuildException(
                        "cannot read " + path + " of the image for "
                                + platform().formatAll() + ": " + e.getMessage(),
                        List.of(),
                        e);
            }
        });
    }

    @Override
    public String toString() {
        return "image for " + platform().formatAll();
    }
}
