package dev.slipway.oci;

import java.io.IOException;

/** An image, or a part of one, is damaged, hostile or of an unknown kind. The message says which part and what is wrong. */
public class InvalidImageException extends IOException {

    private static final long serialVersionUID = 1;

    public InvalidImageException(String message) {
        super(message);
    }

    public InvalidImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
