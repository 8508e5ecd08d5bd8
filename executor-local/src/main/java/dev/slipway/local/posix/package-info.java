/**
 * The few things a root filesystem needs that Java cannot do: devices, extended attributes, exact times; and signals. Native
 * code is loaded when one of them is done for the first time, so that most builds never load it.
 */
package dev.slipway.local.posix;
