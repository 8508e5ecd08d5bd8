/**
 * Words as a Dockerfile's instructions understand them: quotes, escapes and variables with their modifiers.
 *
 * <p>{@link dev.slipway.parser.shell.ShellWords} says how words are read; the variables come from the caller.
 */
@NullMarked
package dev.slipway.parser.shell;

import org.jspecify.annotations.NullMarked;
