package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.llb.Definition;
import dev.slipway.llb.Edge;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Op;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceReplacementTest {

    private static final Vertex ONE = vertex(SourceOp.of("docker-image://docker.io/library/one:1", Map.of()), "one");
    private static final Vertex TWO = vertex(SourceOp.of("https://example.com/two", Map.of()), "two");
    private static final Definition BOTH = definition(ONE, TWO);

    private static Vertex vertex(Op op, String name, Edge... inputs) {
        return Vertex.of(op, List.of(inputs), Optional.empty(), VertexMetadata.named(name));
    }

    private static Definition definition(Vertex... sources) {
        List<Edge> edges = java.util.Arrays.stream(sources)
                .map(source -> new Edge(source, 0))
                .toList();
        Vertex merge = Vertex.of(
                new MergeOp(java.util.stream.IntStream.range(0, edges.size())
                        .boxed()
                        .toList()),
                edges,
                Optional.empty(),
                VertexMetadata.named("merge"));
        return Definition.of(new Edge(merge, 0));
    }

    @Test
    void aDefinitionWhoseSourcesStayIsTheSame() {
        assertThat(SourceReplacement.apply(BOTH, source -> source)).isSameAs(BOTH);
        assertThat(SourceReplacement.apply(Definition.empty(), source -> source))
                .isSameAs(Definition.empty());
    }

    @Test
    void whatIsBuiltUponAnotherSourceHasTheDigestThatItWouldHaveHadFromTheBeginning() {
        SourceOp three = SourceOp.of("docker-image://docker.io/library/three:3", Map.of("image.resolvemode", "pull"));
        Definition replaced = SourceReplacement.apply(BOTH, source -> source.equals(ONE.op()) ? three : source);
        assertThat(replaced.head())
                .isEqualTo(definition(vertex(three, "x"), TWO).head());
        assertThat(replaced.vertices())
                .extracting(found -> found.metadata().name().orElseThrow())
                .containsExactly("one", "two", "merge");
    }

    @Test
    void sourcesThatBecomeEqualStandOnce() {
        Definition replaced = SourceReplacement.apply(BOTH, source -> (SourceOp) TWO.op());
        assertThat(replaced.vertices()).hasSize(2);
        assertThat(replaced.head()).isEqualTo(definition(TWO, TWO).head());
    }
}
