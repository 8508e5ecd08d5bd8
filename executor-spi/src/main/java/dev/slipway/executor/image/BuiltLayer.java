package dev.slipway.executor.image;

import dev.slipway.executor.event.StepMonitor;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** One layer of a built image. */
public interface BuiltLayer {

    /** The time it was made; empty if unknown. */
    Optional<Instant> created();

    /**
     * The layer as a blob. It is made if no suitable one exists.
     *
     * @param monitor receives progress
     */
    LayerBlob blob(LayerRequest wanted, StepMonitor monitor) throws InterruptedException;

    /**
     * Opens a blob that {@link #blob} returned.
     *
     * @param blob its descriptor
     * @throws IOException if it cannot be read
     */
    InputStream open(Descriptor blob) throws IOException;
}
