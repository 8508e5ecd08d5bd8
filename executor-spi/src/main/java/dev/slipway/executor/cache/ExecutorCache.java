package dev.slipway.executor.cache;

import java.util.List;

/** What an executor keeps for later builds. All methods may be called from any thread, while builds run. */
public interface ExecutorCache {

    /**
     * What is kept now, the largest first. Sizes of unpacked layers are computed, not measured.
     *
     * @throws dev.slipway.executor.ExecutorException if it cannot be read
     */
    List<CacheEntry> entries() throws InterruptedException;

    /**
     * Removes what the request says, except what running builds use. Whatever is removed is made again when a build wants it.
     *
     * @return what was removed
     * @throws dev.slipway.executor.ExecutorException if it cannot be removed
     */
    List<CacheEntry> prune(PruneRequest request) throws InterruptedException;
}
