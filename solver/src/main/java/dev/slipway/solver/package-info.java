/**
 * Runs a build graph on an executor: keys, look-ups, order. One loop owns the state of a build; everything that takes time
 * runs on other threads and reports back to it.
 */
@NullMarked
package dev.slipway.solver;

import org.jspecify.annotations.NullMarked;
