package dev.slipway.executor.image;

import dev.slipway.executor.event.StepMonitor;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** One layer of an image that was built. */
public interface BuiltLayer {

    /** When it was made; empty if nobody knows. */
    Optional<Instant> created();

    /**
     * The layer as a blob, which is made if there is none that will do.
     *
     * @param monitor hears how far it is
     */
    LayerBlob blob(LayerRequest wanted, StepMonitor monitor) throws InterruptedException;

    /**
     * Opens a blob that {@link #blob} gave.
     *
     * @param blob its descriptor
     * @throws IOException if it cannot be read
     */
    InputStream open(Descriptor blob) throws IOException;
}
