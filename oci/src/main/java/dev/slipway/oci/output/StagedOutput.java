package dev.slipway.oci.output;

import java.io.Closeable;
import java.io.IOException;

/** An output that has been written but is not visible until it is published. Closing removes it if it was not published. */
interface StagedOutput extends Closeable {

    /** An output that leaves nothing to publish. */
    StagedOutput NOTHING = new StagedOutput() {
        @Override
        public void publish() {}

        @Override
        public void close() {}
    };

    /** Whether publishing needs a server, which may refuse. */
    default boolean isRemote() {
        return false;
    }

    /** Moves it to its place, with no more than a rename if possible. */
    void publish() throws IOException, InterruptedException;
}
