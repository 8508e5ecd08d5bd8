/**
 * The embedding API: {@link dev.slipway.Slipway} builds what a {@link dev.slipway.BuildRequest} asks for and says what came of
 * it, or only plans it.
 */
@NullMarked
package dev.slipway;

import org.jspecify.annotations.NullMarked;
