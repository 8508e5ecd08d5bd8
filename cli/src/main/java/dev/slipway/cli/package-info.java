/** The {@code slipway} command: one class for each subcommand, each a thin layer over the embedding API. */
package dev.slipway.cli;
