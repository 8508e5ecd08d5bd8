package dev.slipway.oci.place;

import dev.slipway.executor.event.StepMonitor;
import java.io.IOException;

/** Writes images to one place. */
@FunctionalInterface
public interface ImageSink {

    /**
     * Writes an image or an index with everything below it. It is not visible before it is complete. Blobs are not changed.
     *
     * @param monitor hears how far each blob is
     * @throws IOException if a blob cannot be read or is damaged, or if the place refuses it; what was there before stays
     */
    void write(SentImage image, StepMonitor monitor) throws IOException;
}
