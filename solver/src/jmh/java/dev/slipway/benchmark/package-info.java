/** What the frontend costs. Compiled with the tests, and run only by the profile {@code benchmarks}. */
package dev.slipway.benchmark;
