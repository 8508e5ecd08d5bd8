/** Finds out what a build would do: an executor that runs nothing, and the plan that its answers make. */
package dev.slipway.planning;
