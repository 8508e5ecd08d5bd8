/** Looks for programs of other architectures in the images of a build, and for the steps that put them there. */
@NullMarked
package dev.slipway.foreign.search;

import org.jspecify.annotations.NullMarked;
