/**
 * Runs the programs of other platforms: finds out which of them this machine can run, natively or through an emulator, by
 * running a tiny program of each.
 */
@NullMarked
package dev.slipway.local.emulation;

import org.jspecify.annotations.NullMarked;
