/** Finds programs in images that the images' platforms do not run, and the steps that put them there. */
@NullMarked
package dev.slipway.foreign;

import org.jspecify.annotations.NullMarked;
