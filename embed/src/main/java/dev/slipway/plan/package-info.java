/**
 * What a build would do, without doing it: an executor that runs nothing, and the plan that comes of solving a graph on it.
 */
@NullMarked
package dev.slipway.plan;

import org.jspecify.annotations.NullMarked;
