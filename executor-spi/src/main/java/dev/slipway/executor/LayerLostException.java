package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;

/** A layer that is kept elsewhere cannot be had, or is not what it was said to be. What needs it can be made without it. */
public final class LayerLostException extends ExecutorException {

    private static final long serialVersionUID = 1;

    private final transient Digest blob;

    /** @param blob the digest of the layer's blob */
    public LayerLostException(Digest blob, String message, Throwable cause) {
        super(message, cause);
        this.blob = requireNonNull(blob, "blob is null");
    }

    /** The digest of the layer's blob. */
    public Digest blob() {
        return blob;
    }
}
