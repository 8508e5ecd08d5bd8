/**
 * Compares Slipway with other engines, side by side in one run: {@code testdata/benchmark}. Nothing here is part of the normal
 * build.
 */
package dev.slipway.benchmark;
