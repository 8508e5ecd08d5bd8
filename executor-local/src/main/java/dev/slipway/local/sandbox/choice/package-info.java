/**
 * Finds out which sandboxes can be used on this machine, by trying them, and chooses one:
 * {@link dev.slipway.local.sandbox.choice.Sandboxes}.
 */
@NullMarked
package dev.slipway.local.sandbox.choice;

import org.jspecify.annotations.NullMarked;
