package dev.slipway.oci;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import dev.slipway.llb.PlatformMatcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the image of a platform below a descriptor, by the rules of containerd. */
public final class ImageSelector {

    private static final int MAX_DEPTH = 8;

    private final BlobSource blobs;

    public ImageSelector(BlobSource blobs) {
        this.blobs = blobs;
    }

    /**
     * Reads the image that fits the platform best.
     *
     * <p>A single manifest is taken whatever its platform is. Of an index, entries of the platform {@code unknown/unknown}
     * (attestations) are skipped; the platform of an entry that names none is read from its config.
     *
     * @param root a manifest or an index
     * @throws PlatformNotFoundException if an index has nothing for the platform
     * @throws InvalidImageException if a document is damaged
     */
    public Image select(Descriptor root, Platform wanted) throws IOException {
        PlatformMatcher matcher = PlatformMatcher.only(wanted);
        return MediaTypes.isIndex(root.mediaType()) ? find(root, wanted, matcher, 0) : Image.read(root, blobs);
    }

    /**
     * The platforms of the images below a descriptor, in the order of the index, without attestations.
     *
     * @param root a manifest or an index
     */
    public List<Platform> platforms(Descriptor root) throws IOException {
        List<Platform> platforms = new ArrayList<>();
        for (Candidate candidate : candidates(root, 0)) {
            platforms.add(candidate.platform());
        }
        return platforms;
    }

    private Image find(Descriptor root, Platform wanted, PlatformMatcher matcher, int depth) throws IOException {
        List<Candidate> candidates = candidates(root, depth);
        Optional<Candidate> best = candidates.stream()
                .filter(candidate -> matcher.matches(candidate.platform()))
                .min(Comparator.comparing(Candidate::platform, matcher.nearestFirst()));
        if (best.isEmpty()) {
            throw new PlatformNotFoundException(
                    wanted, candidates.stream().map(Candidate::platform).toList());
        }
        return Image.read(best.get().manifest(), blobs);
    }

    private List<Candidate> candidates(Descriptor root, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new InvalidImageException("image index " + root.digest() + " is nested too deeply");
        }
        if (!MediaTypes.isIndex(root.mediaType())) {
            Platform platform = root.platform().isPresent()
                    ? root.platform().get()
                    : Image.read(root, blobs).config().platform();
            return Attestations.isUnknown(platform) ? List.of() : List.of(new Candidate(root, platform));
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Descriptor child : index(root).manifests()) {
            boolean known = MediaTypes.isIndex(child.mediaType()) || MediaTypes.isManifest(child.mediaType());
            if (known && child.platform().filter(Attestations::isUnknown).isEmpty()) {
                candidates.addAll(candidates(child, depth + 1));
            }
        }
        return candidates;
    }

    private Index index(Descriptor descriptor) throws IOException {
        Bytes document = blobs.read(descriptor);
        try {
            return Index.parse(document.toArray());
        } catch (InvalidImageException e) {
            throw new InvalidImageException("index " + descriptor.digest() + ": " + e.getMessage(), e);
        }
    }

    private record Candidate(Descriptor manifest, Platform platform) {}
}
