/**
 * Turns the bytes of a Dockerfile into an immutable tree.
 *
 * <p>{@link dev.slipway.parser.DockerfileParser} is the way in, {@link dev.slipway.parser.tree.Dockerfile} the result.
 * Nothing is expanded here and no platform is known: words stay as written.
 */
@NullMarked
package dev.slipway.parser;

import org.jspecify.annotations.NullMarked;
