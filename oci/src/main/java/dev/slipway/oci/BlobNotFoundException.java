package dev.slipway.oci;

import java.io.IOException;

/** A source does not have the blob that was asked for. */
public final class BlobNotFoundException extends IOException {

    private static final long serialVersionUID = 1;

    public BlobNotFoundException(String message) {
        super(message);
    }
}
