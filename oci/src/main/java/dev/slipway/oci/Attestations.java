package dev.slipway.oci;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import java.util.Optional;

/**
 * How an index lists what is said of an image, such as its provenance: as a manifest for the platform {@code unknown/unknown},
 * whose annotations name the image. So BuildKit does it.
 */
public final class Attestations {

    /** The annotation that says what the manifest is to the image. */
    public static final String REFERENCE_TYPE = "vnd.docker.reference.type";

    /** The annotation with the digest of the image's manifest. */
    public static final String REFERENCE_DIGEST = "vnd.docker.reference.digest";

    /** The value of {@link #REFERENCE_TYPE}. */
    public static final String MANIFEST = "attestation-manifest";

    private static final String UNKNOWN = "unknown";

    private Attestations() {}

    /** Whether an entry of an index is no image, but something said of one. */
    public static boolean isOne(Descriptor entry) {
        return MANIFEST.equals(entry.annotations().get(REFERENCE_TYPE))
                || entry.platform().filter(Attestations::isUnknown).isPresent();
    }

    /** Whether this is the platform of what is no image. */
    public static boolean isUnknown(Platform platform) {
        return platform.os().equals(UNKNOWN) && platform.architecture().equals(UNKNOWN);
    }

    /** The image of which an entry says something, if it names one. */
    public static Optional<Digest> subject(Descriptor entry) {
        String digest = entry.annotations().get(REFERENCE_DIGEST);
        try {
            return digest == null || !isOne(entry) ? Optional.empty() : Optional.of(Digest.parse(digest));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
