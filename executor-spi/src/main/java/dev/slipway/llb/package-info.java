/**
 * The build graph as BuildKit knows it: operations, vertices, definitions and their canonical encoding.
 *
 * <p>A {@link dev.slipway.llb.Vertex} is one operation with its inputs; its identity is the sha256 of its encoding, which is
 * equal to BuildKit's byte for byte. Everything that does not change what is built (names, source ranges, needed
 * capabilities) stands beside it in {@link dev.slipway.llb.VertexMetadata} and is in no digest.
 */
@NullMarked
package dev.slipway.llb;

import org.jspecify.annotations.NullMarked;
