/** Finds the Dockerfile of a build and the files that it may read, on this machine or through an executor. */
@NullMarked
package dev.slipway.context.load;

import org.jspecify.annotations.NullMarked;
