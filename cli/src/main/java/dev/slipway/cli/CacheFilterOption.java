package dev.slipway.cli;

import dev.slipway.executor.TimeSpan;
import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.EntryFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** {@code --filter}: which entries are meant. */
final class CacheFilterOption {

    private static final String UNTIL = "until=";

    @Option(
            names = "--filter",
            split = ",",
            paramLabel = "CONDITION",
            description = "Only entries that match: until=24h, type=exec.cachemount, id=ID, inuse=false or"
                    + " description~=TEXT.")
    private List<String> conditions = List.of();

    EntryFilter filter() {
        EntryFilter filter = EntryFilter.ANY;
        for (String condition : conditions) {
            if (!condition.startsWith(UNTIL)) {
                try {
                    filter = filter.and(condition);
                } catch (IllegalArgumentException e) {
                    throw new UsageException("--filter: " + e.getMessage());
                }
            }
        }
        return filter;
    }

    /** How long ago something has to be used to be meant: what the filter says, or else this. */
    Duration keepDuration(Optional<String> other) {
        Optional<String> until = conditions.stream()
                .filter(condition -> condition.startsWith(UNTIL))
                .map(condition -> condition.substring(UNTIL.length()))
                .findFirst();
        try {
            return until.or(() -> other).map(TimeSpan::parse).orElse(Duration.ZERO);
        } catch (IllegalArgumentException e) {
            throw new UsageException((until.isPresent() ? "--filter until: " : "--keep-duration: ") + e.getMessage());
        }
    }

    /** The same as a test of one entry. */
    Predicate<CacheEntry> predicate() {
        EntryFilter filter = filter();
        Duration old = keepDuration(Optional.empty());
        Instant limit = Instant.now().minus(old);
        return entry -> filter.test(entry) && (old.isZero() || entry.lastUsed().isBefore(limit));
    }
}
