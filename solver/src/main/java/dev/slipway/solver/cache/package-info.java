/** The cache as BuildKit links it, so that it can leave one machine and serve another. */
@NullMarked
package dev.slipway.solver.cache;

import org.jspecify.annotations.NullMarked;
