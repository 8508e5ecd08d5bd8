package dev.slipway.oci;

import java.io.IOException;

/**
 * Something that should be an image, or a part of one, is damaged, hostile or of a kind that is not known. The message says
 * which part and what is wrong with it.
 */
public class InvalidImageException extends IOException {

    private static final long serialVersionUID = 1;

    public InvalidImageException(String message) {
        super(message);
    }

    public InvalidImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
