package dev.slipway.oci.inspect;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.PlatformMatcher;
import dev.slipway.oci.Attestations;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Image;
import dev.slipway.oci.Index;
import dev.slipway.oci.IndexEntries;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.PlatformNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The metadata of an image, or of an index of images.
 *
 * @param root its manifest or index
 * @param index the index, if it is one
 * @param images the images of all platforms, in the order of the index
 */
public record Inspection(Descriptor root, Optional<Index> index, List<InspectedImage> images) {

    public Inspection {
        requireNonNull(root, "root is null");
        requireNonNull(index, "index is null");
        images = List.copyOf(images);
    }

    /**
     * Reads everything but layers.
     *
     * @param root a manifest or an index
     * @throws InvalidImageException if a document is damaged
     */
    public static Inspection of(Descriptor root, BlobSource blobs) throws IOException {
        Optional<Index> index = Optional.empty();
        if (MediaTypes.isIndex(root.mediaType())) {
            index = Optional.of(Index.parse(blobs.read(root).toArray()));
        }
        List<Descriptor> entries = IndexEntries.of(root, blobs);
        List<InspectedImage> images = new ArrayList<>();
        for (Descriptor entry : entries) {
            if (!Attestations.isOne(entry) && entry.platform().isPresent()) {
                images.add(new InspectedImage(
                        entry.platform().get(),
                        Image.read(entry, blobs),
                        attestations(entry.digest(), entries, blobs)));
            }
        }
        return new Inspection(root, index, images);
    }

    private static List<InspectedAttestation> attestations(Digest image, List<Descriptor> entries, BlobSource blobs)
            throws IOException {
        List<InspectedAttestation> attestations = new ArrayList<>();
        for (Descriptor entry : entries) {
            if (Attestations.subject(entry).filter(image::equals).isPresent()) {
                attestations.addAll(InspectedAttestation.of(entry, blobs));
            }
        }
        return attestations;
    }

    /**
     * The image that fits a platform best.
     *
     * @throws PlatformNotFoundException if there is none
     */
    public InspectedImage image(Platform wanted) throws PlatformNotFoundException {
        List<Platform> platforms = images.stream().map(InspectedImage::platform).toList();
        return PlatformMatcher.only(wanted)
                .best(platforms)
                .map(platform -> images.get(platforms.indexOf(platform)))
                .orElseThrow(() -> new PlatformNotFoundException(wanted, platforms));
    }
}
