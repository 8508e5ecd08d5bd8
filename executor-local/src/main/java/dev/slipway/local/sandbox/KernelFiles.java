package dev.slipway.local.sandbox;

/**
 * A file system that the kernel makes afresh.
 *
 * @param type its name for {@code mount}
 * @param flags {@code MS_...} flags
 * @param options its options, or empty
 */
record KernelFiles(String type, long flags, String options) implements SandboxMount.Source {}
