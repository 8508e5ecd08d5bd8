package dev.slipway.llb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.llb.SourceLocation.Range;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.llb.VertexMetadata.ProgressGroup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The message that holds a whole definition, read again by a reader that knows nothing but the wire format. */
class DefinitionEncodingTest {

    private static final SourceFile FILE = new SourceFile("Dockerfile", "Dockerfile", Bytes.utf8("FROM a\n"));

    private static final Vertex IMAGE = Vertex.of(
            SourceOp.of("docker-image://a", Map.of()),
            List.of(),
            Optional.of(Platform.of("linux", "amd64", "")),
            new VertexMetadata(
                    new TreeMap<>(Map.of(VertexMetadata.CUSTOM_NAME, "FROM a")),
                    true,
                    new TreeSet<>(List.of("source.image")),
                    Optional.of(new ProgressGroup("g", "group", true)),
                    new TreeMap<>(Map.of("memory", "1024", "cpusetCpus", "0-3")),
                    List.of(new SourceLocation(FILE, List.of(new Range(1, 0, 1, 6))))));

    private static final Definition DEFINITION = Definition.of(new Edge(IMAGE, 0));

    @Test
    void opsStandInOrderWithTheTerminalOneLast() {
        List<Field> ops = fields(DEFINITION.encoded(), 1);
        assertThat(ops).hasSize(2);
        assertThat(ops.get(0).bytes()).isEqualTo(IMAGE.encoded());
        assertThat(Digest.sha256(ops.get(1).bytes()))
                .isEqualTo(DEFINITION.head().orElseThrow());
    }

    @Test
    void everyOpHasMetadata() {
        Map<String, byte[]> metadata = map(fields(DEFINITION.encoded(), 2));
        assertThat(metadata)
                .containsOnlyKeys(
                        IMAGE.digest().toString(),
                        DEFINITION.head().orElseThrow().toString());
        byte[] image = metadata.get(IMAGE.digest().toString());
        assertThat(fields(image, 1).get(0).number()).isEqualTo(1);
        assertThat(text(map(fields(image, 2)).get(VertexMetadata.CUSTOM_NAME))).isEqualTo("FROM a");
        assertThat(text(fields(fields(image, 5).get(0).bytes(), 1).get(0).bytes()))
                .isEqualTo("source.image");
        assertThat(fields(fields(image, 5).get(0).bytes(), 2).get(0).number()).isEqualTo(1);
        byte[] group = fields(image, 6).get(0).bytes();
        assertThat(text(fields(group, 2).get(0).bytes())).isEqualTo("group");
        assertThat(fields(group, 3).get(0).number()).isEqualTo(1);
        byte[] resources = fields(image, 7).get(0).bytes();
        assertThat(fields(resources, 1).get(0).number()).isEqualTo(1024);
        assertThat(text(fields(resources, 6).get(0).bytes())).isEqualTo("0-3");
    }

    @Test
    void theTerminalOpSaysWhatABackendMustKnow() {
        assertThat(DEFINITION.headMetadata().capabilities())
                .containsExactly("constraints", "meta.description", "meta.ignorecache", "platform");
    }

    @Test
    void everyOpButTheTerminalOneHasLocations() {
        byte[] source = fields(DEFINITION.encoded(), 3).get(0).bytes();
        Map<String, byte[]> locations = map(fields(source, 1));
        assertThat(locations).containsOnlyKeys(IMAGE.digest().toString());
        byte[] location =
                fields(locations.get(IMAGE.digest().toString()), 1).get(0).bytes();
        assertThat(fields(location, 1)).isEmpty();
        byte[] range = fields(location, 2).get(0).bytes();
        assertThat(fields(fields(range, 1).get(0).bytes(), 1).get(0).number()).isEqualTo(1);
        assertThat(fields(fields(range, 2).get(0).bytes(), 2).get(0).number()).isEqualTo(6);
        byte[] info = fields(source, 2).get(0).bytes();
        assertThat(text(fields(info, 1).get(0).bytes())).isEqualTo("Dockerfile");
        assertThat(text(fields(info, 2).get(0).bytes())).isEqualTo("FROM a\n");
        assertThat(text(fields(info, 4).get(0).bytes())).isEqualTo("Dockerfile");
    }

    @Test
    void aNameThatIsNoUnicodeIsRepaired() {
        Definition named = Definition.of(new Edge(IMAGE.withMetadata(VertexMetadata.named("a\uDC80")), 0));
        byte[] image = map(fields(named.encoded(), 2)).get(IMAGE.digest().toString());
        assertThat(text(map(fields(image, 2)).get(VertexMetadata.CUSTOM_NAME))).isEqualTo("a?");
    }

    @Test
    void anEmptyDefinitionHasNoOps() {
        assertThat(fields(Definition.empty().encoded(), 1)).isEmpty();
        assertThat(fields(Definition.empty().encoded(), 2)).isEmpty();
    }

    /** One field of a message: a number or a run of bytes. */
    private record Field(long number, byte[] bytes) {}

    private static List<Field> fields(byte[] message, int wanted) {
        List<Field> fields = new ArrayList<>();
        int[] at = {0};
        while (at[0] < message.length) {
            long tag = varint(message, at);
            long value = varint(message, at);
            byte[] bytes = new byte[0];
            if ((tag & 7) == 2) {
                bytes = Arrays.copyOfRange(message, at[0], at[0] + (int) value);
                at[0] += (int) value;
            }
            if (tag >> 3 == wanted) {
                fields.add(new Field(value, bytes));
            }
        }
        return fields;
    }

    private static Map<String, byte[]> map(List<Field> entries) {
        Map<String, byte[]> map = new TreeMap<>();
        for (Field entry : entries) {
            map.put(
                    text(fields(entry.bytes(), 1).get(0).bytes()),
                    fields(entry.bytes(), 2).get(0).bytes());
        }
        return map;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static long varint(byte[] message, int[] at) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = message[at[0]++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }
}
