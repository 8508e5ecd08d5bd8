package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.config.HistoryEntry;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageConfigTest {

    private static final Digest LAYER = Digest.sha256("layer");

    private static ConfigDocument parse(String json) throws InvalidImageException {
        return ConfigDocument.parse(Bytes.utf8(json));
    }

    private static String text(ConfigDocument config) {
        return new String(config.json().toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNotChangedKeepsItsText() throws InvalidImageException {
        ConfigDocument document = parse("""
                { "os":"linux", "architecture":"amd64", "moby.future": {"Z": 1.0, "A": [ "é\\u00e9" ]},
                  "config":{"Cmd":["sh", "-c", "a && b > c"],"Unknown":{"b":1,"a":2}}, "rootfs":{"old":true} }""");

        ConfigDocument other = document.with(
                Optional.of(OffsetDateTime.parse("2024-05-06T07:08:09.120Z")),
                List.of(LAYER),
                List.of(new HistoryEntry(
                        Optional.of(OffsetDateTime.parse("2024-05-06T07:08:00+02:00")), "RUN <x>", "", "", false)));

        assertThat(text(other))
                .isEqualTo(("{\"architecture\":\"amd64\","
                                + "\"config\":{\"Cmd\":[\"sh\",\"-c\",\"a \\u0026\\u0026 b \\u003e c\"],"
                                + "\"Unknown\":{\"b\":1,\"a\":2}},"
                                + "\"created\":\"2024-05-06T07:08:09.12Z\","
                                + "\"history\":[{\"created\":\"2024-05-06T07:08:00+02:00\",\"created_by\":\"RUN \\u003cx\\u003e\"}],"
                                + "\"moby.future\":{\"Z\":1.0,\"A\":[\"é\\u00e9\"]},"
                                + "\"os\":\"linux\","
                                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}")
                        .formatted(LAYER));
        assertThat(ConfigDocument.parse(other.json())).isEqualTo(other);
    }

    @Test
    void aTimeThatStaysKeepsItsText() throws InvalidImageException {
        ConfigDocument document = parse("{\"created\":\"2024-05-06T07:08:09.500000Z\"}");

        assertThat(text(document.with(document.config().created(), List.of(), List.of())))
                .contains("09.500000Z");
    }

    @Test
    void whatIsNoConfigIsRefused() {
        assertThatThrownBy(() -> parse("{\"os\":1}"))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("invalid image config: \"os\" must be a string");
    }
}
