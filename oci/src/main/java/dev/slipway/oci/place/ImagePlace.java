package dev.slipway.oci.place;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.llb.Digest;
import java.nio.file.Path;
import java.util.Optional;

/** The place of an image, as users write it. */
public sealed interface ImagePlace {

    /**
     * Reads a place of this machine or elsewhere:
     *
     * <ul>
     * <li>{@code NAME[:TAG][@DIGEST]}, {@code docker-image://NAME...}: an image of a registry
     * <li>{@code oci-layout://FOLDER[:TAG][@DIGEST]}: one of an OCI layout, in a folder or an archive
     * <li>{@code oci-archive://FILE[:TAG][@DIGEST]}: the same, written as an archive
     * <li>{@code docker-archive://FILE[:NAME[:TAG]]}: one of what {@code docker save} has written
     * <li>{@code docker-engine://NAME[:TAG]}: one of the engine that docker would use
     * <li>a path, which begins with {@code /}, {@code ./} or {@code ../}: a folder or an archive, whatever it is
     * </ul>
     *
     * @throws IllegalArgumentException if this is not a place; the message says what is wrong
     */
    static ImagePlace parse(String text) {
        return ImagePlaceParser.parse(requireNonNull(text, "text is null"));
    }

    /**
     * The manifest of this digest, in the same repository, layout or archive.
     *
     * @throws IllegalArgumentException if images have no digests there
     */
    ImagePlace withDigest(Digest digest);

    /** Whether this is the same repository, layout or archive, whatever the tag. */
    boolean isBeside(ImagePlace other);

    /**
     * An image of a registry.
     *
     * @param reference its name
     */
    record OfRegistry(ImageReference reference) implements ImagePlace {

        public OfRegistry {
            reference = requireNonNull(reference, "reference is null").withDefaultTag();
        }

        @Override
        public ImagePlace withDigest(Digest digest) {
            return new OfRegistry(reference.withDigest(digest));
        }

        @Override
        public boolean isBeside(ImagePlace other) {
            return other instanceof OfRegistry registry
                    && registry.reference.name().equals(reference.name());
        }

        @Override
        public String toString() {
            return reference.toString();
        }
    }

    /**
     * An image of an OCI layout.
     *
     * @param path the folder or archive
     * @param tag its name in the layout
     * @param digest of its manifest or index
     * @param form how the layout is written; both forms are read
     */
    record OfLayout(Path path, Optional<String> tag, Optional<Digest> digest, LayoutForm form) implements ImagePlace {

        public OfLayout {
            requireNonNull(path, "path is null");
            requireNonNull(tag, "tag is null");
            requireNonNull(digest, "digest is null");
            requireNonNull(form, "form is null");
        }

        @Override
        public ImagePlace withDigest(Digest value) {
            return new OfLayout(path, Optional.empty(), Optional.of(value), form);
        }

        @Override
        public boolean isBeside(ImagePlace other) {
            return other instanceof OfLayout layout && layout.path.equals(path);
        }

        @Override
        public String toString() {
            return (form == LayoutForm.FOLDER ? "oci-layout://" : "oci-archive://")
                    + path
                    + tag.map(name -> ":" + name).orElse("")
                    + digest.map(value -> "@" + value).orElse("");
        }
    }

    /** How a layout is written. */
    enum LayoutForm {
        FOLDER,
        /** A tar archive of the folder. */
        ARCHIVE
    }

    /**
     * An image of an archive of {@code docker save}.
     *
     * @param file the archive
     * @param name of the image, which may be missing if there is only one
     */
    record OfDockerArchive(Path file, Optional<ImageReference> name) implements ImagePlace {

        public OfDockerArchive {
            requireNonNull(file, "file is null");
            name = requireNonNull(name, "name is null").map(ImageReference::withDefaultTag);
        }

        @Override
        public ImagePlace withDigest(Digest digest) {
            throw new IllegalArgumentException("images of " + file + " have no digests that are written there");
        }

        @Override
        public boolean isBeside(ImagePlace other) {
            return other instanceof OfDockerArchive archive && archive.file.equals(file);
        }

        @Override
        public String toString() {
            return "docker-archive://" + file
                    + name.map(reference -> ":" + reference.familiar()).orElse("");
        }
    }

    /**
     * An image of the engine that docker would use, Docker's or Podman's.
     *
     * @param name of the image there
     */
    record OfEngine(ImageReference name) implements ImagePlace {

        public OfEngine {
            name = requireNonNull(name, "name is null").withDefaultTag();
        }

        @Override
        public ImagePlace withDigest(Digest digest) {
            return new OfEngine(name.withDigest(digest));
        }

        @Override
        public boolean isBeside(ImagePlace other) {
            return other instanceof OfEngine engine && engine.name.name().equals(name.name());
        }

        @Override
        public String toString() {
            return "docker-engine://" + name.familiar();
        }
    }
}
