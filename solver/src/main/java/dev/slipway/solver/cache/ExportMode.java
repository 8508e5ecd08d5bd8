package dev.slipway.solver.cache;

/** What a cache that leaves the machine holds. */
public enum ExportMode {
    /** The results that the layers of the built images are of. */
    MIN,
    /** The results of all steps. */
    MAX
}
