package dev.slipway.solver.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.llb.Digest;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.oci.cache.CacheGraph.Link;
import dev.slipway.oci.cache.CacheGraph.Stored;
import dev.slipway.solver.cache.CacheGraphBuilder.Item;
import dev.slipway.solver.cache.CacheGraphBuilder.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CacheGraphBuilderTest {

    private static final Digest BASE = Digest.sha256("base");
    private static final Digest OTHER = Digest.sha256("other");
    private static final Digest STEP = Digest.sha256("step");

    private final CacheGraphBuilder<String> builder = new CacheGraphBuilder<>();

    private static List<Source<String>> by(Item<String> item) {
        return List.of(new Source<>(item, Optional.empty()));
    }

    private static Optional<Stored<String>> result(String value, int seconds) {
        return Optional.of(new Stored<>(value, Instant.ofEpochSecond(seconds)));
    }

    @Test
    void aRecordComesAfterThoseThatSatisfyIt() {
        Item<String> base = builder.root(BASE, Optional.empty());
        Item<String> step = builder.add(STEP, List.of(by(base)), result("made", 1));
        builder.add(STEP, List.of(by(step)), Optional.empty());

        List<CacheGraph.Entry<String>> entries = builder.build().entries();
        assertThat(entries).extracting(CacheGraph.Entry::digest).containsExactly(BASE, STEP, STEP);
        assertThat(entries.get(2).inputs()).containsExactly(List.of(new Link(1, Optional.empty())));
    }

    @Test
    void whatIsReachedByOneLinkFromEachInputIsOneRecord() {
        Item<String> base = builder.root(BASE, Optional.empty());
        Item<String> other = builder.root(OTHER, Optional.empty());
        Source<String> byBase = new Source<>(base, Optional.of(STEP));
        Source<String> byOther = new Source<>(other, Optional.empty());
        Item<String> first = builder.add(STEP, List.of(List.of(byBase)), result("old", 1));
        Item<String> second = builder.add(STEP, List.of(List.of(byBase, byOther)), result("new", 2));

        assertThat(second).isSameAs(first);
        CacheGraph.Entry<String> entry = builder.build().entries().get(2);
        assertThat(entry.inputs().get(0))
                .containsExactlyInAnyOrder(new Link(0, Optional.of(STEP)), new Link(1, Optional.empty()));
        assertThat(entry.result()).isEqualTo(result("new", 2));
    }

    @Test
    void twoRecordsThatTurnOutToBeOneAreJoined() {
        Item<String> base = builder.root(BASE, Optional.empty());
        Item<String> other = builder.root(OTHER, Optional.empty());
        Item<String> one = builder.add(STEP, List.of(by(base)), Optional.empty());
        Item<String> two = builder.add(STEP, List.of(by(other)), result("made", 1));
        builder.add(BASE, List.of(by(two)), Optional.empty());
        assertThat(one).isNotSameAs(two);

        builder.add(
                STEP,
                List.of(List.of(new Source<>(base, Optional.empty()), new Source<>(other, Optional.empty()))),
                Optional.empty());

        List<CacheGraph.Entry<String>> entries = builder.build().entries();
        assertThat(entries).extracting(CacheGraph.Entry::digest).containsExactly(BASE, OTHER, STEP, BASE);
        assertThat(entries.get(2).inputs().get(0)).hasSize(2);
        assertThat(entries.get(2).result()).isEqualTo(result("made", 1));
        assertThat(entries.get(3).inputs()).containsExactly(List.of(new Link(2, Optional.empty())));
    }

    @Test
    void noRecordIsMadeUponItself() {
        Item<String> base = builder.root(BASE, Optional.empty());
        Item<String> step = builder.add(STEP, List.of(by(base)), Optional.empty());
        Item<String> above = builder.add(OTHER, List.of(by(step)), Optional.empty());

        builder.add(
                STEP,
                List.of(List.of(new Source<>(base, Optional.empty()), new Source<>(above, Optional.empty()))),
                Optional.empty());

        assertThat(builder.build().entries().get(1).inputs()).containsExactly(List.of(new Link(0, Optional.empty())));
    }
}
