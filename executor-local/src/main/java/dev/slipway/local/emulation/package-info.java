/**
 * Runs the programs of other platforms: finds out which of them this machine can run, natively or through an emulator, by
 * running a tiny program of each.
 */
package dev.slipway.local.emulation;
