/** What builds run on: executors found by name, each with its solver, and the share of a build that each of them does. */
package dev.slipway.backend;
