package dev.slipway.oci.cache;

import static dev.slipway.oci.cache.TestCaches.TIME;
import static dev.slipway.oci.cache.TestCaches.digest;
import static dev.slipway.oci.cache.TestCaches.layer;
import static dev.slipway.oci.cache.TestCaches.link;
import static dev.slipway.oci.cache.TestCaches.source;
import static dev.slipway.oci.cache.TestCaches.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.cache.CacheGraph.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CacheWriterTest {

    private static final BlobSource LAYERS = blob -> new ByteArrayInputStream(new byte[0]);
    private static final BlobSource NONE = blob -> {
        throw new BlobNotFoundException("no blob " + blob.digest());
    };

    private final MemoryPlace place = new MemoryPlace();
    private CacheWriter.Pause pause = attempt -> {};

    private static CacheGraph<List<CachedLayer>> build(String name, Instant createdAt) {
        return new CacheGraph<>(List.of(source("base"), step(name, createdAt, List.of(link(0)), "layer of " + name)));
    }

    private static CachedLayer layerOf(String name) {
        return layer("layer of " + name);
    }

    private boolean write(String scope, Instant now, CacheGraph<List<CachedLayer>> graph, CacheFormat format)
            throws IOException, InterruptedException {
        return new CacheWriter(format, scope, Clock.fixed(now, ZoneOffset.UTC), pause, StepMonitor.NONE)
                .write(graph, place, LAYERS);
    }

    private boolean write(String scope, Instant now, CacheGraph<List<CachedLayer>> graph) {
        try {
            return write(scope, now, graph, CacheFormat.IMAGE_MANIFEST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatOtherBuildsWroteStays(CacheFormat format) throws Exception {
        write("amd64", TIME, build("amd64", TIME), format);
        write("arm64", TIME.plus(Duration.ofDays(60)), build("arm64", TIME.plus(Duration.ofDays(60))), format);

        assertThat(place.results()).containsExactlyInAnyOrder(layerOf("amd64"), layerOf("arm64"));
    }

    @Test
    void whatTheSameBuildWroteDaysAgoIsReplaced() throws Exception {
        write("app", TIME, build("before", TIME));
        write("app", TIME.plus(Duration.ofDays(2)), build("after", TIME.plus(Duration.ofDays(2))));

        assertThat(place.results()).containsExactly(layerOf("after"));
    }

    @Test
    void whatTheSameBuildStillUsesStaysHoweverOldItIs() throws Exception {
        write("app", TIME.plus(Duration.ofDays(2)), build("old", TIME.minus(Duration.ofDays(300))));
        write("other", TIME.plus(Duration.ofDays(3)), build("new", TIME.plus(Duration.ofDays(3))));

        assertThat(place.results()).containsExactlyInAnyOrder(layerOf("old"), layerOf("new"));
    }

    @Test
    void whatIsKnownOfAStepStaysAsLongAsTheStepIsThere() throws Exception {
        write("app", TIME, build("step", TIME));
        CacheGraph<List<CachedLayer>> found = new CacheGraph<>(
                List.of(source("base"), step("step", List.of(link(0))), step("top", List.of(link(1)), "top")));
        write("app", TIME.plus(Duration.ofDays(30)), found);
        write("app", TIME.plus(Duration.ofDays(60)), found);

        assertThat(place.results()).containsExactlyInAnyOrder(layerOf("step"), layer("top"));
    }

    @Test
    void whatIsFromTheSameDayStays() throws Exception {
        write("app", TIME, build("one", TIME));
        write("app", TIME.plusSeconds(60), build("two", TIME.plusSeconds(60)));

        assertThat(place.results()).containsExactlyInAnyOrder(layerOf("one"), layerOf("two"));
    }

    @Test
    void whatABuildHasNotWrittenForMonthsGoes() throws Exception {
        Instant later = TIME.plus(Duration.ofDays(100));
        write("forgotten", TIME, build("forgotten", TIME));
        write("app", later, build("app", later));

        assertThat(place.results()).containsExactly(layerOf("app"));
    }

    @Test
    void whatBuildKitWroteStaysBesideIt() throws Exception {
        CacheArtifact artifact = CacheArtifact.of(build("theirs", TIME), CacheFormat.IMAGE_MANIFEST);
        artifact.documents().forEach(document -> place.documents.put(Digest.sha256(document.toArray()), document));
        place.layers.add(layerOf("theirs").blob().digest());
        place.kept = Optional.of(artifact.root());

        write("app", TIME.plus(Duration.ofDays(10)), build("ours", TIME.plus(Duration.ofDays(10))));

        assertThat(place.results()).containsExactlyInAnyOrder(layerOf("theirs"), layerOf("ours"));
    }

    @Test
    void anUnchangedCacheIsNotWritten() throws Exception {
        write("app", TIME, build("app", TIME));
        write("other", TIME, build("other", TIME));
        int writes = place.writes;

        assertThat(write("app", TIME, build("app", TIME))).isTrue();
        assertThat(place.writes).isEqualTo(writes);
    }

    @Test
    void whatIsWrittenBetweenTheLookAndTheWriteIsJoined() throws Exception {
        place.meanwhile.add(() -> write("other", TIME, build("other", TIME)));

        assertThat(write("app", TIME, build("app", TIME))).isTrue();
        assertThat(place.results()).containsExactlyInAnyOrder(layerOf("app"), layerOf("other"));
    }

    @Test
    void whatIsOverwrittenIsWrittenAgain() throws Exception {
        List<Integer> pauses = new ArrayList<>();
        pause = attempt -> {
            pauses.add(attempt);
            if (attempt == 0) {
                pause = other -> {};
                place.kept = Optional.empty();
                write("other", TIME, build("other", TIME));
            }
        };

        assertThat(write("app", TIME, build("app", TIME))).isTrue();
        assertThat(place.results()).containsExactlyInAnyOrder(layerOf("app"), layerOf("other"));
        assertThat(pauses).containsExactly(0, 1);
    }

    @Test
    void whoIsOverwrittenTimeAndAgainGivesUp() throws Exception {
        pause = attempt -> place.kept = Optional.empty();

        assertThat(write("app", TIME, build("app", TIME))).isFalse();
        assertThat(place.writes).isEqualTo(6);
    }

    @Test
    void whatCannotBeReadIsReplaced() throws Exception {
        write("other", TIME, build("other", TIME));
        place.documents.replaceAll((digest, document) -> Bytes.utf8("damaged"));

        assertThat(write("app", TIME, build("app", TIME))).isTrue();
        assertThat(place.results()).containsExactly(layerOf("app"));
    }

    @Test
    void whatHasLostItsLayersIsReplaced() throws Exception {
        write("other", TIME, build("other", TIME));
        place.layers.clear();

        assertThat(write("app", TIME, build("app", TIME))).isTrue();
        assertThat(place.results()).containsExactly(layerOf("app"));
    }

    @Test
    void aLayerThatTheBuildItselfLacksFailsIt() {
        assertThatThrownBy(() -> new CacheWriter(
                                CacheFormat.IMAGE_MANIFEST,
                                "app",
                                Clock.fixed(TIME, ZoneOffset.UTC),
                                pause,
                                StepMonitor.NONE)
                        .write(build("app", TIME), place, NONE))
                .isInstanceOf(BlobNotFoundException.class);
    }

    @Test
    void ofTooMuchTheOldestOfOthersGoes() throws Exception {
        List<Entry<List<CachedLayer>>> many = new ArrayList<>();
        many.add(source("base"));
        for (int i = 1; i <= 2800; i++) {
            many.add(step("step " + i, TIME.plusSeconds(i), List.of(link(0)), "many " + i));
        }
        write("many", TIME, new CacheGraph<>(many));
        assertThat(place.kept.orElseThrow().size()).isGreaterThan(1 << 20);

        write("app", TIME, build("app", TIME));

        assertThat(place.kept.orElseThrow().size()).isLessThanOrEqualTo(1 << 20);
        assertThat(place.results()).contains(layerOf("app"), layer("many 2800")).doesNotContain(layer("many 1"));
        assertThat(digest("step 1"))
                .isNotIn(CacheReader.read(place.kept.orElseThrow(), place.blobs()).entries().stream()
                        .map(Entry::digest)
                        .toList());
    }
}
