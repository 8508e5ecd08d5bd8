package dev.slipway.oci.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/** Asks the mirrors of a registry before the registry itself. */
final class Connections {

    private Connections() {}

    interface Action<T> {
        T with(Connection connection) throws IOException;
    }

    /**
     * The result of the first host that has one.
     *
     * @param connections the mirrors, then the registry itself, whose failure is the one that is reported
     * @param what the image, for messages
     */
    static <T> T firstOf(List<Connection> connections, String what, Action<T> action) throws IOException {
        for (Connection connection : connections) {
            try {
                return action.with(connection);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (!connection.host().isMirror()) {
                    throw connection.explained(what, e);
                }
            }
        }
        throw new IllegalStateException("there is always the registry itself");
    }
}
