/**
 * Build checks: rules as data, warnings, the options that choose among them, and the rules that need nothing but the
 * text of a Dockerfile.
 *
 * <p>Rules that need the conversion of a Dockerfile report through the same {@link dev.slipway.parser.check.Checks}.
 */
@NullMarked
package dev.slipway.parser.check;

import org.jspecify.annotations.NullMarked;
