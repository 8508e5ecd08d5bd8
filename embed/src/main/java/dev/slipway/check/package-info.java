/**
 * Slipway's own checks: what goes wrong in builds for several platforms without any step failing. They are a group of their
 * own, apart from BuildKit's, and never fail a build.
 */
@NullMarked
package dev.slipway.check;

import org.jspecify.annotations.NullMarked;
