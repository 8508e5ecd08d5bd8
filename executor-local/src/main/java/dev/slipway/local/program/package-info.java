/** Knows which programs layers hold, and for which processors they are. */
package dev.slipway.local.program;
