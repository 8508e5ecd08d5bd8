package dev.slipway.cache.remote;

import dev.slipway.oci.cache.CacheWriter;
import java.util.concurrent.ThreadLocalRandom;

/** Keeps those apart who write at the same time: nobody waits as long as another one. */
final class Jitter {

    static final CacheWriter.Pause USUAL = attempt -> {
        long longest = 200L << attempt;
        Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    };

    private Jitter() {}
}
