package dev.slipway.oci.merge;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.place.SentImage;
import java.util.Optional;

/**
 * A source of an index.
 *
 * @param entry its entry in the index, if it is an image: with its platform and annotations
 * @param image the image
 */
public record MergeSource(Descriptor entry, SentImage image) {

    public MergeSource {
        requireNonNull(entry, "entry is null");
        requireNonNull(image, "image is null");
    }

    /** A source, unchanged. */
    public static MergeSource of(SentImage image) {
        return new MergeSource(image.root(), image);
    }

    /**
     * A source that is listed with other annotations, or for another platform.
     *
     * @throws InvalidImageException if that describes another source
     */
    public static MergeSource of(SentImage image, ListedAs listed) throws InvalidImageException {
        Descriptor root = image.root();
        if (listed.size().isPresent() && listed.size().get() != root.size()) {
            throw new InvalidImageException(root.digest() + " has " + root.size() + " bytes, and not "
                    + listed.size().get());
        }
        Descriptor entry = listed.mediaType().isEmpty() ? root : root.withMediaType(listed.mediaType());
        entry = listed.annotations().isEmpty() ? entry : entry.withAnnotations(listed.annotations());
        Optional<Descriptor> placed = listed.platform().map(entry::withPlatform);
        return new MergeSource(placed.orElse(entry), image);
    }

    Digest digest() {
        return entry.digest();
    }

    BlobSource blobs() {
        return image.blobs();
    }
}
