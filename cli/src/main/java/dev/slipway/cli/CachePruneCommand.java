package dev.slipway.cli;

import dev.slipway.Slipway;
import dev.slipway.executor.ByteSize;
import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.PruneRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code slipway cache prune}. It asks nothing: all that it removes can be made again. */
@Command(
        name = "prune",
        description = "Remove what is cached, except what running builds use.",
        mixinStandardHelpOptions = true)
final class CachePruneCommand implements Callable<Integer> {

    @Option(
            names = {"-a", "--all"},
            description = "Also remove what only saves requests and file reads, and what earlier builds reported.")
    private boolean all;

    @Mixin
    private CacheFilterOption filter;

    @Option(
            names = "--keep-duration",
            paramLabel = "DURATION",
            description = "Keep what was used within this time, such as 24h; same as --filter until=24h.")
    private Optional<String> keepDuration = Optional.empty();

    @Option(
            names = {"--max-used-space", "--keep-storage"},
            paramLabel = "SIZE",
            description = "Remove only until no more than this is used, such as 20GB.")
    private Optional<String> maxUsedSpace = Optional.empty();

    @Option(names = "--reserved-space", paramLabel = "SIZE", description = "Always keep at least this much.")
    private Optional<String> reservedSpace = Optional.empty();

    @Option(
            names = "--min-free-space",
            paramLabel = "SIZE",
            description = "Remove only until this much of the disk is free.")
    private Optional<String> minFreeSpace = Optional.empty();

    @Option(
            names = {"-f", "--force"},
            description = "Accepted for scripts; slipway never asks.")
    @SuppressWarnings("UnusedVariable") // Only accepted.
    private boolean force;

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() throws InterruptedException {
        PruneRequest request = PruneRequest.EVERYTHING
                .withFilter(filter.filter())
                .withKeepDuration(filter.keepDuration(keepDuration))
                .withSpace(
                        size("--max-used-space", maxUsedSpace),
                        size("--reserved-space", reservedSpace),
                        size("--min-free-space", minFreeSpace));
        try (Slipway slipway = UserConfig.open()) {
            List<CacheEntry> gone = slipway.pruneCache(all ? request.withAll() : request);
            format.print(CacheListing.text(gone, "Removed"), CacheListing.json(gone));
        }
        return 0;
    }

    private static long size(String option, Optional<String> text) {
        try {
            return text.map(ByteSize::parse).orElse(0L);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": not a size: '" + text.get() + "'; write it as 500MB or 20GB");
        }
    }
}
