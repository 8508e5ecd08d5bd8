package dev.slipway.executor.cache;

import java.util.List;

/** What an executor keeps for later builds. All methods may be called from any thread, while builds run. */
public interface ExecutorCache {

    /**
     * The current entries, largest first. Sizes of unpacked layers are computed, not measured.
     *
     * @throws dev.slipway.executor.ExecutorException if it cannot be read
     */
    List<CacheEntry> entries() throws InterruptedException;

    /**
     * Removes what the request selects, except what running builds use. A build that needs a removed entry makes it again.
     *
     * @return what was removed
     * @throws dev.slipway.executor.ExecutorException if it cannot be removed
     */
    List<CacheEntry> prune(PruneRequest request) throws InterruptedException;
}
