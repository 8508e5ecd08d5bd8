/**
 * {@code .dockerignore} files: reading them, and matching paths against their patterns as Docker's tools do.
 *
 * <p>{@link dev.slipway.parser.ignore.IgnoreFile} gives the patterns, {@link
 * dev.slipway.parser.ignore.PatternMatcher} applies them.
 */
package dev.slipway.parser.ignore;
