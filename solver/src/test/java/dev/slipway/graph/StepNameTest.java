package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Op;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepNameTest {

    private static Vertex vertex(Op op, VertexMetadata metadata) {
        return Vertex.of(op, List.of(), Optional.empty(), metadata);
    }

    @Test
    void aStepIsCalledByItsNameOrElseByWhatItDoes() {
        SourceOp source = SourceOp.of("git://h/r.git#main", Map.of());
        assertThat(StepName.of(vertex(source, VertexMetadata.named("load it")))).isEqualTo("load it");
        assertThat(StepName.of(vertex(source, VertexMetadata.EMPTY))).isEqualTo("git://h/r.git#main");
        FileOp file = new FileOp(List.of(
                new FileAction(-1, -1, -1, new FileAction.MakeDirectory("/a", 0755, true, Optional.empty(), -1)),
                new FileAction(0, -1, 0, new FileAction.Remove("/b", true, false))));
        assertThat(StepName.of(vertex(file, VertexMetadata.EMPTY))).isEqualTo("mkdir /a, rm /b");
    }
}
