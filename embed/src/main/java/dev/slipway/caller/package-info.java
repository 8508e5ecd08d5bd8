/** Code, streams and files that the caller of a build brings, and how what goes wrong with them is told. */
package dev.slipway.caller;
