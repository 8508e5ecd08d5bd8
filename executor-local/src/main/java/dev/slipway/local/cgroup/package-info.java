/**
 * The control group of a step: made for it where this user may make one, with the limits that the build sets, and removed after
 * it.
 */
@NullMarked
package dev.slipway.local.cgroup;

import org.jspecify.annotations.NullMarked;
