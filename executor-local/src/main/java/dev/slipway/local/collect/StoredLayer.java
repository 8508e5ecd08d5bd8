package dev.slipway.local.collect;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A layer with everything that is kept of it.
 *
 * @param id its id
 * @param files its forms: the index first, without which the others are not seen
 * @param homes the layers that keep bytes of its files
 * @param size bytes on disk
 * @param created when it was made
 */
record StoredLayer(String id, List<Path> files, Set<String> homes, long size, Instant created) {}
