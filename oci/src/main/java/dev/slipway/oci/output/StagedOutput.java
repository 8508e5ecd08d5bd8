package dev.slipway.oci.output;

import java.io.Closeable;
import java.io.IOException;

/** An output that has been written, and is not seen before it is published. Closing takes away what was not. */
interface StagedOutput extends Closeable {

    /** What there is nothing to publish of. */
    StagedOutput NOTHING = new StagedOutput() {
        @Override
        public void publish() {}

        @Override
        public void close() {}
    };

    /** Whether others have to do something to publish it, who may refuse. */
    default boolean isRemote() {
        return false;
    }

    /** Gives it its place. This takes no more than a rename, where that can be. */
    void publish() throws IOException, InterruptedException;
}
