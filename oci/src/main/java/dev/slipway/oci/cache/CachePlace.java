package dev.slipway.oci.cache;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.BlobSource;
import java.io.IOException;
import java.util.Optional;

/** Where a cache is kept under a name that can be given to another one: a tag of a registry, or one of a layout in a folder. */
public interface CachePlace {

    /** What it is called in messages. */
    String name();

    /** What is kept there now; empty if nothing is. */
    Optional<Descriptor> find() throws IOException;

    /** Where the blobs of what is kept there are read. */
    BlobSource blobs() throws IOException;

    /**
     * Keeps a cache there, unless somebody else has written there meanwhile. Blobs that are there are not written again.
     *
     * @param before what {@link #find} said, in whose place it comes
     * @param root its manifest or index
     * @param content where that and all below it is read
     * @param monitor hears how far it is
     * @return whether it is kept there now
     */
    boolean write(Optional<Descriptor> before, Descriptor root, BlobSource content, StepMonitor monitor)
            throws IOException;

    /** Whether two looks at a place saw the same. */
    static boolean isSame(Optional<Descriptor> one, Optional<Descriptor> other) {
        return one.map(Descriptor::digest).equals(other.map(Descriptor::digest));
    }
}
