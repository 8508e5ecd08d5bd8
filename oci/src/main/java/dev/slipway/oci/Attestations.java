package dev.slipway.oci;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import java.util.Optional;

/**
 * How an index lists statements about an image, such as its provenance: as in BuildKit, as a manifest for the platform
 * {@code unknown/unknown} whose annotations name the image.
 */
public final class Attestations {

    /** The annotation with the role of the manifest. */
    public static final String REFERENCE_TYPE = "vnd.docker.reference.type";

    /** The annotation with the digest of the image's manifest. */
    public static final String REFERENCE_DIGEST = "vnd.docker.reference.digest";

    /** The value of {@link #REFERENCE_TYPE}. */
    public static final String MANIFEST = "attestation-manifest";

    private static final String UNKNOWN = "unknown";

    private Attestations() {}

    /** Whether an entry of an index is not an image but a statement about one. */
    public static boolean isOne(Descriptor entry) {
        return MANIFEST.equals(entry.annotations().get(REFERENCE_TYPE))
                || entry.platform().filter(Attestations::isUnknown).isPresent();
    }

    /** Whether this is the platform of entries that are not images. */
    public static boolean isUnknown(Platform platform) {
        return platform.os().equals(UNKNOWN) && platform.architecture().equals(UNKNOWN);
    }

    /** The image that an entry is about, if it names one. */
    public static Optional<Digest> subject(Descriptor entry) {
        String digest = entry.annotations().get(REFERENCE_DIGEST);
        try {
            return digest == null || !isOne(entry) ? Optional.empty() : Optional.of(Digest.parse(digest));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
