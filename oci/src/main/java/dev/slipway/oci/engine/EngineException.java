package dev.slipway.oci.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** There is no engine, or it refuses a request. The message names the engine, and says why it was chosen. */
public final class EngineException extends IOException {

    private static final long serialVersionUID = 1;

    EngineException(String message) {
        super(message);
    }

    EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
