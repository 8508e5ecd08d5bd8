package dev.slipway.oci.output;

import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;

/**
 * The options of an output that say how images are accompanied by what is said about them.
 *
 * @param inline whether that makes an index even of what is meant for images in a registry alone
 * @param artifact whether it is an OCI artifact that refers to the image
 */
record AttestationOptions(boolean inline, boolean artifact) {

    static final String OCI = "oci-mediatypes";
    static final String ARTIFACT = "oci-artifact";
    static final String INLINE = "attestation-inline";

    /**
     * Reads the options of an output.
     *
     * @throws InvalidOutputException if one has no meaning
     */
    static AttestationOptions of(Output output) {
        boolean oci = output.flag(OCI, true);
        boolean artifact = output.flag(ARTIFACT, oci);
        if (artifact && !oci) {
            throw new InvalidOutputException(
                    "exporter option \"oci-artifact=true\" conflicts with \"oci-mediatypes=false\"");
        }
        boolean image = output.type().equals("image") || output.type().equals("registry");
        return new AttestationOptions(output.flag(INLINE, image), artifact);
    }
}
