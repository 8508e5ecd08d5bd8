package dev.slipway.llb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.llb.OpEncoder.Input;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The reference's ops, read from their JSON form, encode to the reference's bytes. */
class OpEncodingTest {

    @TestFactory
    Stream<DynamicTest> everyReferenceOpHasItsBytes() {
        JsonNode cases = ReferenceFolder.json("op-encoding.json");
        List<DynamicTest> tests = new ArrayList<>();
        cases.forEach(
                json -> tests.add(DynamicTest.dynamicTest(json.path("digest").asText(), () -> check(json))));
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static void check(JsonNode json) throws IOException {
        JsonNode op = json.path("op");
        List<Input> inputs = new ArrayList<>();
        for (JsonNode input : op.path("inputs")) {
            Digest digest = Digest.parse(input.path("digest").asText());
            inputs.add(new Input(digest, input.path("index").asInt()));
        }
        byte[] encoded = OpEncoder.encode(inputs, OpReader.platform(op), OpReader.op(op));
        assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(json.path("hex").asText());
        assertThat(Digest.sha256(encoded)).hasToString(json.path("digest").asText());
    }
}
