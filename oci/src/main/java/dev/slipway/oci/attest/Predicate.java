package dev.slipway.oci.attest;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The content of an attestation. */
@FunctionalInterface
public interface Predicate {

    /**
     * The document, whose values are those of JSON.
     *
     * @param layers of the image as it was written, lowest first; none if no image is written
     * @throws IOException if a layer that is needed cannot be read
     */
    Map<String, Object> of(List<WrittenLayer> layers) throws IOException, InterruptedException;
}
