package dev.slipway.oci.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An engine is not there, or does not do what it was asked to. The message names the engine, and why it was that one. */
public final class EngineException extends IOException {

    private static final long serialVersionUID = 1;

    EngineException(String message) {
        super(message);
    }

    EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
