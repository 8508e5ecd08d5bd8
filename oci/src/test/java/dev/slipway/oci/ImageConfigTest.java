package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageConfigTest {

    private static final Digest LAYER = Digest.sha256("layer");

    private static ImageConfig parse(String json) throws InvalidImageException {
        return ImageConfig.parse(Bytes.utf8(json));
    }

    private static String text(ImageConfig config) {
        return new String(config.json().toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void itsPartsAreRead() throws InvalidImageException {
        ImageConfig config = parse("""
                {"created":"2024-05-06T07:08:09.5Z","architecture":"arm","variant":"v7","os":"linux",
                 "rootfs":{"type":"layers","diff_ids":["%s"]},
                 "history":[{"created_by":"one","comment":"c","author":"a"},{"empty_layer":true}]}""".formatted(LAYER));

        assertThat(config.platform()).isEqualTo(Platform.of("linux", "arm", "v7"));
        assertThat(config.created()).contains(OffsetDateTime.parse("2024-05-06T07:08:09.5Z"));
        assertThat(config.diffIds()).containsExactly(LAYER);
        assertThat(config.history())
                .containsExactly(
                        new History(Optional.empty(), "one", "a", "c", false),
                        new History(Optional.empty(), "", "", "", true));
    }

    @Test
    void whatIsNotChangedKeepsItsText() throws InvalidImageException {
        ImageConfig config = parse("""
                { "os":"linux", "architecture":"amd64", "moby.future": {"Z": 1.0, "A": [ "é\\u00e9" ]},
                  "config":{"Cmd":["sh", "-c", "a && b > c"],"Unknown":{"b":1,"a":2}}, "rootfs":{"old":true} }""");

        ImageConfig other = config.with(
                Optional.of(OffsetDateTime.parse("2024-05-06T07:08:09.120Z")),
                List.of(LAYER),
                List.of(new History(
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
        assertThat(ImageConfig.parse(other.json())).isEqualTo(other);
    }

    @Test
    void aTimeThatStaysKeepsItsText() throws InvalidImageException {
        ImageConfig config = parse("{\"created\":\"2024-05-06T07:08:09.500000Z\"}");

        assertThat(text(config.with(config.created(), List.of(), List.of()))).contains("09.500000Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x|invalid image config: the document is no valid JSON at line 1, column 1",
                "{\"created\":\"yesterday\"}|invalid time in an image config: yesterday",
                "{\"rootfs\":{\"diff_ids\":[\"sha256:1\"]}}|invalid digest: sha256:1",
                "{\"os\":1}|invalid image config: \"os\" must be a string",
                "{\"history\":[{\"empty_layer\":1}]}|invalid image config: \"history[0].empty_layer\" must be true or false"
            })
    void whatIsNoConfigIsRefused(String json, String message) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage(message);
    }
}
