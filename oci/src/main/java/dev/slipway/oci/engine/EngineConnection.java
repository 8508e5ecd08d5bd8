package dev.slipway.oci.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection to an engine. Closing it, from any thread, ends whoever waits for it. */
interface EngineConnection extends Closeable {

    /** Makes the connection. Comes before everything else. */
    void connect() throws IOException;

    InputStream input() throws IOException;

    OutputStream output() throws IOException;

    /** What else is known when the connection breaks; mostly nothing. */
    default String lastWords() {
        return "";
    }
}
