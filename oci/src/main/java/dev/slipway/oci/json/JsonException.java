package dev.slipway.oci.json;

import java.io.IOException;

/** A document is not JSON, or does not have the required form. The message names the field; callers add the document. */
public final class JsonException extends IOException {

    private static final long serialVersionUID = 1;

    JsonException(String message) {
        super(message);
    }
}
