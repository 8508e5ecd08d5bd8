/** Where the cache of a build comes from besides the store, and where it goes. */
@NullMarked
package dev.slipway.cache;

import org.jspecify.annotations.NullMarked;
