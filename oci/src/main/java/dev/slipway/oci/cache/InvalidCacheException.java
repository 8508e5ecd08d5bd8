package dev.slipway.oci.cache;

import java.io.IOException;

/** What should be a build cache is damaged, hostile or of a kind that is not known. The message says what is wrong with it. */
public final class InvalidCacheException extends IOException {

    private static final long serialVersionUID = 1;

    InvalidCacheException(String message) {
        super(message);
    }

    InvalidCacheException(String message, Throwable cause) {
        super(message, cause);
    }
}
