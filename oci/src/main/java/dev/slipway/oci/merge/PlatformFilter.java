package dev.slipway.oci.merge;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.PlatformMatcher;
import dev.slipway.oci.Attestations;
import dev.slipway.oci.DocumentBlobs;
import dev.slipway.oci.Index;
import dev.slipway.oci.IndexEntries;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.PlatformNotFoundException;
import dev.slipway.oci.place.SentImage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reduces an index to some platforms, with their attestations. */
public final class PlatformFilter {

    private PlatformFilter() {}

    /**
     * The image with only these platforms. Manifests keep their digests, and so does the index if none is removed.
     *
     * @param platforms none for all
     * @throws PlatformNotFoundException if the image lacks one of them
     */
    public static SentImage apply(SentImage image, List<Platform> platforms) throws IOException {
        if (platforms.isEmpty()) {
            return image;
        }
        checkAllThere(image, platforms);
        if (!MediaTypes.isIndex(image.root().mediaType())) {
            return image;
        }
        Index index = Index.parse(image.blobs().read(image.root()).toArray());
        Set<Digest> wanted = new HashSet<>();
        for (Descriptor entry : index.manifests()) {
            // As in buildx, entries without a platform, such as nested indexes, stay.
            boolean matches =
                    entry.platform().isEmpty() || platforms.stream().anyMatch(platform -> isFor(entry, platform));
            if (matches && !Attestations.isOne(entry)) {
                wanted.add(entry.digest());
            }
        }
        List<Descriptor> kept = index.manifests().stream()
                .filter(entry -> wanted.contains(entry.digest())
                        || Attestations.subject(entry).filter(wanted::contains).isPresent())
                .toList();
        return kept.size() == index.manifests().size() ? image : withIndex(image, index.withManifests(kept));
    }

    private static boolean isFor(Descriptor entry, Platform platform) {
        return entry.platform()
                .filter(PlatformMatcher.onlyStrict(platform)::matches)
                .isPresent();
    }

    private static void checkAllThere(SentImage image, List<Platform> platforms) throws IOException {
        List<Descriptor> images = IndexEntries.of(image.root(), image.blobs()).stream()
                .filter(entry -> !Attestations.isOne(entry))
                .toList();
        for (Platform platform : platforms) {
            if (images.stream().noneMatch(entry -> isFor(entry, platform))) {
                throw new PlatformNotFoundException(
                        platform,
                        images.stream()
                                .flatMap(entry -> entry.platform().stream())
                                .toList());
            }
        }
    }

    /** The same blobs under another index. */
    static SentImage withIndex(SentImage image, Index index) {
        Bytes document = Bytes.of(index.toJson());
        return new SentImage(
                Descriptor.of(index.mediaType(), document.toArray()),
                new DocumentBlobs(List.of(document), image.blobs()),
                image.origins());
    }
}
