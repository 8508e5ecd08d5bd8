/**
 * Patterns for paths: those of {@code .dockerignore}, which file operations and client folders use too, and plain wildcards.
 * Matching takes time in proportion to pattern and path, whatever the pattern.
 */
@NullMarked
package dev.slipway.executor.pattern;

import org.jspecify.annotations.NullMarked;
