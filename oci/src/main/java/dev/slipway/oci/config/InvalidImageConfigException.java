package dev.slipway.oci.config;

/** A document is not an image config. */
public final class InvalidImageConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidImageConfigException(String problem) {
        super("invalid image config: " + problem);
    }
}
