package dev.slipway.executor.image;

import java.io.IOException;
import java.io.InputStream;

/** An image as it is in a registry or a layout, byte for byte. It can be read for as long as the work that gave it is open. */
public interface ImageContent {

    /** Its manifest, or the index of several platforms. */
    Descriptor root();

    /**
     * Opens a document or a layer of it. Nothing that was read may be trusted before the end was reached: only there is it known
     * whether it was what the descriptor says.
     *
     * @throws IOException if it cannot be had, or is something else
     */
    InputStream open(Descriptor blob) throws IOException;
}
