package dev.slipway.executor;

/** There is no image with this reference, or none for this platform. */
public final class ImageNotFoundException extends ExecutorException {

    private static final long serialVersionUID = 1;

    /** @param message names the reference, and the platform if that is what is missing */
    public ImageNotFoundException(String message) {
        super(message);
    }
}
