/** Looks at a Dockerfile without building it. */
@NullMarked
package dev.slipway.inspect;

import org.jspecify.annotations.NullMarked;
