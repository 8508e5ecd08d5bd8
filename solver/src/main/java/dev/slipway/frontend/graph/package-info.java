/**
 * The build graph while a Dockerfile is being converted: nodes that know their operation but not yet their digest.
 *
 * <p>Nothing is encoded before the whole Dockerfile has been converted, because only then is it known which paths of the main
 * context are needed. {@link dev.slipway.frontend.graph.GraphMarshaller} then turns the nodes that a result needs into
 * vertices, each once. Used by the frontend alone.
 */
@NullMarked
package dev.slipway.frontend.graph;

import org.jspecify.annotations.NullMarked;
