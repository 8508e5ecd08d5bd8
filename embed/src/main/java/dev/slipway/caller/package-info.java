/** Code, streams and files that the caller of a build brings, and how what goes wrong with them is told. */
@NullMarked
package dev.slipway.caller;

import org.jspecify.annotations.NullMarked;
