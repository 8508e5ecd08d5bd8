/**
 * Where a build finds files that no stage makes: the main context, and those that the caller gave names; and what their {@code
 * .dockerignore} files leave out.
 */
@NullMarked
package dev.slipway.frontend.context;

import org.jspecify.annotations.NullMarked;
