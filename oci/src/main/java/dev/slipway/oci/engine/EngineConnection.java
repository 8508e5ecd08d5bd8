package dev.slipway.oci.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection to an engine. Closing it, from any thread, ends all waiting on it. */
interface EngineConnection extends Closeable {

    /** Connects. This has to be called first. */
    void connect() throws IOException;

    InputStream input() throws IOException;

    OutputStream output() throws IOException;

    /** Details about a broken connection; usually empty. */
    default String lastWords() {
        return "";
    }
}
