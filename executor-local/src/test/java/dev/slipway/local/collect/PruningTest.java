package dev.slipway.local.collect;

import static dev.slipway.local.collect.TestHoldings.LONG_AGO;
import static dev.slipway.local.collect.TestHoldings.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.CacheEntry.Type;
import dev.slipway.executor.cache.EntryFilter;
import dev.slipway.executor.cache.PruneRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PruningTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    /** Two steps, the second upon the first, and one of its own. */
    private final TestHoldings store = new TestHoldings()
            .layer("first")
            .layer("second")
            .layer("own")
            .snapshot("both", "first", "second")
            .root("r1", WEEK, "first")
            .root("r2", DAY, "both")
            .root("r3", Type.SOURCE_LOCAL, HOUR, "own");

    private Pruning pruning(String... used) {
        return new Pruning(store.get(), Set.of(used));
    }

    private List<String> candidates(PruneRequest request, String... used) {
        return pruning(used).candidates(request, NOW).stream()
                .map(CacheEntry::id)
                .toList();
    }

    private Map<String, CacheEntry> entries(String... used) {
        return pruning(used).entries().stream().collect(Collectors.toMap(CacheEntry::id, Function.identity()));
    }

    private static PruneRequest only(String filter) {
        return PruneRequest.EVERYTHING.withFilter(EntryFilter.ANY.and(filter));
    }

    @Test
    void aLayerIsOfTheStepThatMadeItAndAsYoungAsTheLastUseOfWhatNeedsIt() {
        Map<String, CacheEntry> entries = entries();
        assertThat(entries.get("first"))
                .isEqualTo(new CacheEntry("first", Type.REGULAR, "made by r1", 100, LONG_AGO, NOW.minus(DAY), false));
        assertThat(entries.get("second").description()).isEqualTo("made by r2");
        assertThat(entries.get("own").type()).isEqualTo(Type.SOURCE_LOCAL);
    }

    @Test
    void aLayerThatNothingLeadsToIsLostAndAsOldAsItsFiles() {
        store.layer("lost");
        assertThat(entries().get("lost").lastUsed()).isEqualTo(LONG_AGO);
        assertThat(store.get().layers().values().stream().filter(pruning()::isLost))
                .extracting(StoredLayer::id)
                .containsExactly("lost");
        assertThat(store.get().layers().values().stream().filter(pruning("lost")::isLost))
                .as("a running build uses it")
                .isEmpty();
    }

    @Test
    void whatWasUsedLongestAgoGoesFirstAndNothingBeforeWhatNeedsIt() {
        assertThat(candidates(PruneRequest.EVERYTHING)).containsExactly("second", "first", "own");
    }

    @Test
    void whatKeepsBytesOfAnotherGoesAfterIt() {
        store.layer("copy", "own").root("r4", HOUR, "copy");
        assertThat(candidates(PruneRequest.EVERYTHING)).containsSubsequence("copy", "own");
    }

    @Test
    void whatWasUsedLatelyStaysWithAllThatItIsMadeOf() {
        assertThat(candidates(PruneRequest.EVERYTHING.withKeepDuration(Duration.ofHours(12))))
                .containsExactly("second", "first");
        assertThat(candidates(PruneRequest.EVERYTHING.withKeepDuration(Duration.ofDays(2))))
                .as("the first step is old, but the second is built upon it")
                .isEmpty();
    }

    @Test
    void aClockThatWasSetBackMakesNothingOld() {
        store.layer("future").root("r4", WEEK.negated(), "future");
        assertThat(candidates(PruneRequest.EVERYTHING.withKeepDuration(Duration.ofSeconds(1))))
                .doesNotContain("future");
        assertThat(candidates(PruneRequest.EVERYTHING)).endsWith("future");
    }

    @Test
    void whatRunningBuildsUseStaysWithAllThatItIsMadeOf() {
        assertThat(candidates(PruneRequest.EVERYTHING, "both")).containsExactly("own");
        assertThat(candidates(PruneRequest.EVERYTHING, "first")).containsExactly("second", "own");
        assertThat(entries("first").values().stream().filter(CacheEntry::inUse))
                .extracting(CacheEntry::id)
                .containsExactly("first");
    }

    @Test
    void whatAFilterDoesNotTakeStaysWithAllThatItIsMadeOf() {
        assertThat(candidates(only("type=source.local"))).containsExactly("own");
        assertThat(candidates(only("id=first")))
                .as("the second is built upon it")
                .isEmpty();
        assertThat(candidates(only("id=second"))).containsExactly("second");
    }

    @Test
    void rootsGoWithTheLayersThatTheyNeed() {
        assertThat(pruning().rootsOf(Set.of("second")))
                .extracting(StoredRoot::file)
                .containsExactly(Path.of("r2"));
        assertThat(pruning().rootsOf(Set.of("first")))
                .extracting(StoredRoot::file)
                .containsExactlyInAnyOrder(Path.of("r1"), Path.of("r2"));
    }

    @Test
    void rootsThatLeadToNothingGoInAnyCase() {
        store.root("damaged", HOUR)
                .root("without layer", HOUR, "gone")
                .snapshot("torn", "own", "gone")
                .root("torn", HOUR, "torn")
                .snapshot("scratch")
                .root("empty root", HOUR, "scratch");
        assertThat(pruning().rootsOf(Set.of()))
                .extracting(StoredRoot::file)
                .containsExactlyInAnyOrder(Path.of("damaged"), Path.of("without layer"), Path.of("torn"));
    }

    @Test
    void resultsOfRootsThatStayAreStillOfUse() {
        Pruning pruning = pruning();
        assertThat(pruning.resultsBut(pruning.rootsOf(Set.of("second")))).containsExactlyInAnyOrder("first", "own");
    }
}
