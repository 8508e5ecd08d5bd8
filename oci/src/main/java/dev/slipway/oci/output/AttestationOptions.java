package dev.slipway.oci.output;

import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;

/**
 * The options of an output for attestations.
 *
 * @param inline whether attestations that are only for registries also need an index
 * @param artifact whether it is an OCI artifact that refers to the image
 */
record AttestationOptions(boolean inline, boolean artifact) {

    static final String OCI = "oci-mediatypes";
    static final String ARTIFACT = "oci-artifact";
    static final String INLINE = "attestation-inline";

    /**
     * Reads the options of an output.
     *
     * @throws InvalidOutputException if one is invalid
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
