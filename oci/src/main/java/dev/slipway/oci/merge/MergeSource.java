package dev.slipway.oci.merge;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.place.SentImage;
import java.util.Optional;

/**
 * Something that an index is made of.
 *
 * @param entry how the index lists it, if it is an image: with its platform and annotations
 * @param image where it is
 */
public record MergeSource(Descriptor entry, SentImage image) {

    public MergeSource {
        requireNonNull(entry, "entry is null");
        requireNonNull(image, "image is null");
    }

    /** A source as it was found. */
    public static MergeSource of(SentImage image) {
        return new MergeSource(image.root(), image);
    }

    /**
     * A source that is listed as somebody says: with other annotations, or for another platform.
     *
     * @throws InvalidImageException if that is not said of this source
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
