/** What builds run on: executors found by name, each with its solver, and the share of a build that each of them does. */
@NullMarked
package dev.slipway.backend;

import org.jspecify.annotations.NullMarked;
