package dev.slipway.local.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldingsTest {

    @Test
    void aSnapshotReachesItsLayersAndThoseThatKeepTheirBytes() {
        Holdings holdings = new TestHoldings()
                .layer("a", "home")
                .layer("home", "farther")
                .layer("farther")
                .layer("b")
                .layer("other")
                .snapshot("s", "a", "b")
                .get();
        assertThat(holdings.reach(Set.of("s"))).containsExactlyInAnyOrder("a", "b", "home", "farther");
        assertThat(holdings.reach(Set.of("b"))).containsExactly("b");
    }

    @Test
    void whatIsNotThereReachesNothing() {
        Holdings holdings =
                new TestHoldings().layer("a", "gone").snapshot("s", "gone", "a").get();
        assertThat(holdings.reach(Set.of("s", "nothing"))).containsExactly("a");
    }

    @Test
    void layersThatReferToEachOtherAreNoEndlessWay() {
        Holdings holdings = new TestHoldings().layer("a", "b").layer("b", "a").get();
        assertThat(holdings.reach(Set.of("a"))).containsExactlyInAnyOrder("a", "b");
    }
}
