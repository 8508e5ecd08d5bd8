package dev.slipway;

/** When registries are asked for base images. An image that is named by digest and in the store is never asked for. */
public enum PullPolicy {
    /** Each build asks what a tag stands for. Layers are fetched only if the store lacks them. */
    DEFAULT,
    /** Only images that the store does not have are asked for. A tag stands for what it stood for when last asked about. */
    MISSING,
    /** Each build asks, and its graph says so, as with {@code docker buildx build --pull}. */
    ALWAYS,
    /** Registries are never asked; the store must have all images. */
    NEVER
}
