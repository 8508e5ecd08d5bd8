/** Looks at a Dockerfile without building it. */
package dev.slipway.inspect;
