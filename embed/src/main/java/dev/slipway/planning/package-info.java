/** Finds out what a build would do: an executor that runs nothing, and the plan that its answers make. */
@NullMarked
package dev.slipway.planning;

import org.jspecify.annotations.NullMarked;
