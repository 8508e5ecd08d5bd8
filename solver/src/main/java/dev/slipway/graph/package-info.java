/**
 * The merged build graph: the definitions of all platforms as one, each vertex once, knowing the platforms that need it.
 */
@NullMarked
package dev.slipway.graph;

import org.jspecify.annotations.NullMarked;
