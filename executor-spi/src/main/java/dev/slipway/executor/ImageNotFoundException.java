package dev.slipway.executor;

/** There is no image of the reference or platform that was asked for. */
public final class ImageNotFoundException extends ExecutorException {

    private static final long serialVersionUID = 1;

    /** @param message names the reference, and the platform if that is what is missing */
    public ImageNotFoundException(String message) {
        super(message);
    }
}
