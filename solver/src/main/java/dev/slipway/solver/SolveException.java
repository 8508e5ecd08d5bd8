package dev.slipway.solver;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Vertex;

/** A vertex failed, and with it the solve. */
public final class SolveException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Vertex vertex;

    SolveException(Vertex vertex, Throwable cause) {
        super(cause.getMessage(), cause);
        this.vertex = requireNonNull(vertex, "vertex is null");
    }

    /** The vertex that failed; its metadata says where it comes from. */
    public Vertex vertex() {
        return vertex;
    }
}
