/** Looks for programs of other architectures in the images of a build, and for the steps that put them there. */
package dev.slipway.foreign.search;
