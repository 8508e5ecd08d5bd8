package dev.slipway;

/** When registries are asked for base images. What is named by digest and in the store is never asked for. */
public enum PullPolicy {
    /** For what a tag stands for, in each build; layers are fetched if the store lacks them. */
    DEFAULT,
    /** Only for images that the store does not have: a tag stands for what it stood for when it was asked about last. */
    MISSING,
    /** In each build, and the graph says so, as buildx's does. */
    ALWAYS,
    /** Never: the store must have all images. */
    NEVER
}
