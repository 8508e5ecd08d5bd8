package dev.slipway.local.layer;

import java.io.IOException;
import java.util.Collection;

/** Makes the digests of regular files known. */
@FunctionalInterface
public interface FileChecksums {

    /** Makes the digest of each of these files known: it is the file's own afterwards. */
    void learn(Collection<RegularFile> files) throws IOException, InterruptedException;
}
