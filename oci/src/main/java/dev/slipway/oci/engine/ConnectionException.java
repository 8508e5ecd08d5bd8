package dev.slipway.oci.engine;

import java.io.IOException;

/** The connection to an engine broke, or could not be made. The message is the reason alone. */
final class ConnectionException extends IOException {

    private static final long serialVersionUID = 1;

    ConnectionException(String reason, IOException cause) {
        super(reason, cause);
    }
}
