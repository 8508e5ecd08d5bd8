package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

/**
 * One output of a vertex.
 *
 * @param vertex the vertex
 * @param output position among its outputs
 */
public record Edge(Vertex vertex, int output) {

    public Edge {
        requireNonNull(vertex, "vertex is null");
        if (output < 0) {
            throw new IllegalArgumentException("output is " + output);
        }
    }
}
