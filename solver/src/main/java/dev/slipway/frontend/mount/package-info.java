/**
 * The mounts of RUN: their options, and a class for each type that adds them to the process.
 */
@NullMarked
package dev.slipway.frontend.mount;

import org.jspecify.annotations.NullMarked;
