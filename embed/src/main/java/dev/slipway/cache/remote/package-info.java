/** Reads caches before a build, and writes them after it. */
@NullMarked
package dev.slipway.cache.remote;

import org.jspecify.annotations.NullMarked;
