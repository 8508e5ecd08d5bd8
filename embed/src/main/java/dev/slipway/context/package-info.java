/** Where a build finds its files and its Dockerfile. */
@NullMarked
package dev.slipway.context;

import org.jspecify.annotations.NullMarked;
