/**
 * Runs the process of a step in a root of its own. Everything is mounted inside a mount namespace that belongs to the process
 * alone, so that nothing is left to unmount when a build is killed.
 *
 * <p>{@link dev.slipway.local.sandbox.Sandboxes} chooses between {@code crun}, {@code runc} and the built-in sandbox made of
 * util-linux. Which files a root holds is read through {@link dev.slipway.local.sandbox.RootFiles}, never by following a path
 * of the machine.
 */
package dev.slipway.local.sandbox;
