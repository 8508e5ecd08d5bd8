package dev.slipway.local.cdi;

/** A description of devices cannot be used. */
final class CdiException extends Exception {

    private static final long serialVersionUID = 1;

    CdiException(String message) {
        super(message);
    }

    CdiException(String message, Throwable cause) {
        super(message, cause);
    }
}
