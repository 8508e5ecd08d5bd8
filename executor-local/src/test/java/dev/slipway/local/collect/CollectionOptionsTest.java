package dev.slipway.local.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.CacheEntry.Type;
import dev.slipway.executor.cache.PruneRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectionOptionsTest {

    private static final long GB = 1_000_000_000;

    private static List<PruneRequest> requests(Map<String, String> options, long disk) {
        return CollectionOptions.parse(options).requests(disk);
    }

    private static CacheEntry entry(Type type) {
        return new CacheEntry("id", type, "", 1, Instant.EPOCH, Instant.EPOCH, false);
    }

    @Test
    void allIsReadAndTheRestIsLeftToTheDefaults() {
        assertThat(CollectionOptions.parse(Map.of("sandbox", "crun")))
                .isEqualTo(new CollectionOptions(
                        true,
                        Duration.ofMinutes(10),
                        Duration.ofDays(60),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()));
        assertThat(CollectionOptions.parse(Map.of(
                        "gc", "false",
                        "gc.interval", "0s",
                        "gc.keep-duration", "48h",
                        "gc.max-used-space", "20GB",
                        "gc.reserved-space", "1MB",
                        "gc.min-free-space", "3")))
                .isEqualTo(new CollectionOptions(
                        false,
                        Duration.ZERO,
                        Duration.ofHours(48),
                        OptionalLong.of(20L << 30),
                        OptionalLong.of(1 << 20),
                        OptionalLong.of(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "gc, perhaps, gc: not true or false: 'perhaps'",
        "gc.interval, soon, gc.interval: ",
        "gc.keep-duration, -, gc.keep-duration: ",
        "gc.max-used-space, much, gc.max-used-space: invalid size: 'much'",
        "gc.reserved-space, -1, gc.reserved-space: ",
        "gc.min-free-space, 1ZB, gc.min-free-space: "
    })
    void whatCannotBeReadIsRefusedWithItsName(String name, String value, String message) {
        assertThatThrownBy(() -> CollectionOptions.parse(Map.of(name, value)))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void ofASmallDiskAShareIsUsedAndOfALargeOneSoMuch() {
        assertThat(requests(Map.of(), 50 * GB).get(4))
                .isEqualTo(PruneRequest.EVERYTHING.withSpace(40 * GB, 5 * GB, 10 * GB));
        assertThat(requests(Map.of(), 1_000 * GB).get(4))
                .isEqualTo(PruneRequest.EVERYTHING.withSpace(100 * GB, 10 * GB, 200 * GB));
    }

    @Test
    void boundsThatAreGivenCountOnAnyDisk() {
        Map<String, String> bounds =
                Map.of("gc.max-used-space", "7", "gc.reserved-space", "5", "gc.min-free-space", "3");
        assertThat(requests(bounds, 50 * GB).get(4)).isEqualTo(PruneRequest.EVERYTHING.withSpace(7, 5, 3));
        assertThat(CollectionOptions.parse(bounds).minFree(50 * GB)).isEqualTo(3);
    }

    @Test
    void whatCanBeHadAgainGoesFirst() {
        List<PruneRequest> requests = requests(Map.of(), 1_000 * GB);
        List<Type> replaceable = List.of(Type.SOURCE_LOCAL, Type.EXEC_CACHEMOUNT, Type.SOURCE_GIT_CHECKOUT);
        for (int i = 0; i < replaceable.size(); i++) {
            PruneRequest request = requests.get(i);
            assertThat(Stream.of(Type.values()).filter(type -> request.filter().test(entry(type))))
                    .containsExactly(replaceable.get(i));
            assertThat(request.keepDuration()).isEqualTo(Duration.ofHours(48));
            assertThat(request.maxUsedSpace()).isEqualTo(512_000_000);
            assertThat(request.all()).isFalse();
        }
    }

    @Test
    void whatWasForgottenGoesNextAndThenTheOldestWithInternalThingsLast() {
        List<PruneRequest> requests = requests(Map.of("gc.keep-duration", "720h"), 1_000 * GB);
        assertThat(requests).hasSize(6);
        assertThat(requests.get(3))
                .isEqualTo(PruneRequest.EVERYTHING
                        .withKeepDuration(Duration.ofDays(30))
                        .withAll());
        assertThat(requests.get(5)).isEqualTo(requests.get(4).withAll());
    }

    @Test
    void aStoreThatMayTakeLittleKeepsNoMoreOfWhatCanBeHadAgain() {
        assertThat(requests(Map.of("gc.max-used-space", "1MB"), 1_000 * GB).subList(0, 3))
                .extracting(PruneRequest::maxUsedSpace)
                .containsOnly(1L << 20);
    }
}
