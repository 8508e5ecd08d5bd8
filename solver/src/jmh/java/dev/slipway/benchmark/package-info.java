/** What the frontend costs. Built and run only by the profile {@code benchmarks}. */
package dev.slipway.benchmark;
