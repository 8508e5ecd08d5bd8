/** Knows which programs layers hold, and for which processors they are. */
@NullMarked
package dev.slipway.local.program;

import org.jspecify.annotations.NullMarked;
