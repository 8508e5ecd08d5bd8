package dev.slipway.local.collect;

import dev.slipway.executor.cache.CacheEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Something by which a build can find results: a cache record, or what is known of a download.
 *
 * @param file where it is written
 * @param results ids of the roots that it leads to
 * @param description what it is of, for people
 * @param type what kind of thing made the results
 * @param used when a build used it last
 */
record StoredRoot(Path file, List<String> results, String description, CacheEntry.Type type, Instant used) {}
