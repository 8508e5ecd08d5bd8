package dev.slipway.cli;

import dev.slipway.Slipway;
import dev.slipway.executor.cache.CacheEntry;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slipway cache du}. */
@Command(name = "du", description = "Show what is cached, and its size.", mixinStandardHelpOptions = true)
final class CacheUsageCommand implements Callable<Integer> {

    @Mixin
    private CacheFilterOption filter;

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() throws InterruptedException {
        Predicate<CacheEntry> taken = filter.predicate();
        try (Slipway slipway = UserConfig.open()) {
            List<CacheEntry> entries =
                    slipway.cacheEntries().stream().filter(taken).toList();
            format.print(CacheListing.text(entries, "Total"), CacheListing.json(entries));
        }
        return 0;
    }
}
