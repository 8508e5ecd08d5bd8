/**
 * The build graph while a Dockerfile is being converted: nodes that know what they do but not yet their digests.
 *
 * <p>Nothing is encoded before the whole Dockerfile has been converted, for the main context learns only then which of its
 * paths are wanted. {@link dev.slipway.frontend.graph.GraphMarshaller} then turns the nodes that a result needs into
 * vertices, each once. Used by the frontend alone.
 */
@NullMarked
package dev.slipway.frontend.graph;

import org.jspecify.annotations.NullMarked;
