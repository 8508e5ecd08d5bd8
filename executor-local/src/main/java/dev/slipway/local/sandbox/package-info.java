/**
 * Runs the process of a step in a root of its own: what a sandbox is, what is mounted in its root, whom its process runs as, and
 * the built-in sandbox, which needs nothing but the kernel. Everything is mounted inside a mount namespace that belongs to the
 * process alone, so that nothing is left to unmount when a build is killed.
 *
 * <p>Other sandboxes are in {@code runtime} and {@code proot}, what confines a process in all of them is in {@code confine}, and
 * {@code choice} chooses between them. Which files a root holds is read through
 * {@link dev.slipway.local.sandbox.RootFiles}, never by following a path of the machine.
 */
@NullMarked
package dev.slipway.local.sandbox;

import org.jspecify.annotations.NullMarked;
