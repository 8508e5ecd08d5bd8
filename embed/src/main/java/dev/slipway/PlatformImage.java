package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.attest.make.SlsaPredicate;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.config.ImageConfig;
import dev.slipway.oci.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The image that a build made for one platform. */
public final class PlatformImage {

    private final BuiltImage built;
    private final Manifests manifests;
    private final int position;

    PlatformImage(BuiltImage built, Manifests manifests, int position) {
        this.built = built;
        this.manifests = manifests;
        this.position = position;
    }

    /** The platform. */
    public Platform platform() {
        return built.spec().platform();
    }

    /**
     * How the image was made, as JSON: the predicate of SLSA provenance 0.2, whatever version was asked for.
     *
     * @return empty unless provenance was asked for, or if the image has no files
     */
    public Optional<String> provenance() {
        return SlsaPredicate.among(manifests.set().attestations().get(position))
                .map(made -> JsonWriter.go().value(made.slsa02(List.of())).toString());
    }

    /**
     * The digest of the manifest.
     *
     * @throws BuildException if it must be made and that fails
     */
    public Digest digest() {
        return manifests.image(position).descriptor().digest();
    }

    /**
     * The digest of the config.
     *
     * @throws BuildException if it must be made and that fails
     */
    public Digest configDigest() {
        return manifests.image(position).manifest().config().digest();
    }

    /**
     * The config: what its containers run, and how the image was made.
     *
     * @throws BuildException if the digests of its layers must be made and that fails
     */
    public ImageConfig config() {
        return manifests.image(position).config();
    }

    /**
     * The layers as the manifest lists them, lowest first.
     *
     * @throws BuildException if they must be made and that fails
     */
    public List<Descriptor> layers() {
        return manifests.image(position).manifest().layers();
    }

    /**
     * Opens the files, as a container would see them.
     *
     * @throws BuildException if they cannot be read
     */
    public ImageFiles files() {
        return Failures.uninterrupted("the files of the image", built::files);
    }

    /**
     * Reads a file.
     *
     * @param path an absolute path; links are followed inside the image
     * @return its content, or empty if there is no such file
     * @throws BuildException if it is not a regular file, or cannot be read
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
