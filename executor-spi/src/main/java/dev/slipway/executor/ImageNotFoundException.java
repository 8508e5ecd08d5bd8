package dev.slipway.executor;

/** There is no image of the reference or platform that was asked for. */
public final class ImageNotFoundException extends ExecutorException {

    private static final long serialVersionUID = 1;

    public ImageNotFoundException(String message) {
        super(message);
    }
}
