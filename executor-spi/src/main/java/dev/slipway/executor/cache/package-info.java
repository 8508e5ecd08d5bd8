/** What an executor keeps for later builds: how to list and remove it. */
@NullMarked
package dev.slipway.executor.cache;

import org.jspecify.annotations.NullMarked;
