package dev.slipway.cli;

import picocli.CommandLine.Command;

/** {@code slipway cache}. */
@Command(
        name = "cache",
        description = "Show and remove what is kept for later builds.",
        subcommands = {CacheUsageCommand.class, CachePruneCommand.class},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class CacheCommand {}
