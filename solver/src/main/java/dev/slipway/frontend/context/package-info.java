/**
 * Where a build finds files that do not come from a stage: the main context and the named ones, without what their
 * {@code .dockerignore} files exclude.
 */
@NullMarked
package dev.slipway.frontend.context;

import org.jspecify.annotations.NullMarked;
