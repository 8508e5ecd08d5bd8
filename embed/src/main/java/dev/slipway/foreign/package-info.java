/** Finds programs in images that the images' platforms do not run, and the steps that put them there. */
package dev.slipway.foreign;
