/** The {@code slipway} command: one class for each subcommand, each a thin layer over the embedding API. */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
