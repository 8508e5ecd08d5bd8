package dev.slipway.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.config.ImageConfig;
import dev.slipway.oci.config.InvalidImageConfigException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageConfigTest {

    private static final Digest LAYER = Digest.sha256("layer");

    private static final String FULL = """
            {"created":"2024-01-02T03:04:05.6+02:00","author":"me","architecture":"arm","os":"linux","os.version":"1.2",\
            "os.features":["f"],"variant":"v7","rootfs":{"type":"layers","diff_ids":["%s"]},\
            "history":[{"created":"2024-01-02T03:04:05Z","created_by":"RUN a \\u0026\\u0026 b","comment":"c"},\
            {"created_by":"ENV","author":"x","empty_layer":true}],\
            "config":{"User":"u","ExposedPorts":{"443/tcp":{},"80/tcp":{}},"Env":["A=1"],"Entrypoint":["e"],"Cmd":["c"],\
            "Volumes":{"/v":{}},"WorkingDir":"/w","Labels":{"a":"1","b":"\\u003c\\u2028"},"StopSignal":"KILL","ArgsEscaped":true,\
            "Healthcheck":{"Test":["CMD","t"],"Interval":5000000000,"Timeout":1,"StartPeriod":2,"StartInterval":3,"Retries":4},\
            "OnBuild":["RUN x"],"Shell":["sh","-c"]}}""".formatted(LAYER);

    @Test
    void aConfigIsWrittenAsItWasRead() {
        assertThat(rewritten(FULL)).isEqualTo(FULL);
    }

    @Test
    void everyFieldHasAnAccessor() {
        ImageConfig image = ImageConfig.parse(Bytes.utf8(FULL));
        assertThat(image.platform().formatAll()).isEqualTo("linux(1.2+f)/arm/v7");
        assertThat(image.diffIds()).containsExactly(LAYER);
        assertThat(image.history().get(0).createdBy()).isEqualTo("RUN a && b");
        assertThat(image.config().entrypoint()).containsExactly("e");
        assertThat(image.config().exposedPorts()).containsExactly("443/tcp", "80/tcp");
        assertThat(image.config().labels()).containsEntry("b", "<\u2028");
        assertThat(image.config().healthcheck().orElseThrow().interval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void anEmptyConfigHasNoLayers() {
        assertThat(ImageConfig.parse(Bytes.utf8("{}")).platform()).isEqualTo(Platform.of("", "", ""));
        assertThat(rewritten("{}"))
                .isEqualTo(
                        "{\"architecture\":\"\",\"os\":\"\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":null},\"config\":{}}");
    }

    @Test
    void unknownFieldsSurvive() {
        String json =
                "{\"zeta\": [1, 2.50, 18446744073709551616], \"os\": \"linux\", \"config\": {\"Hostname\": \"h\", \"Env\": null}}";
        assertThat(rewritten(json))
                .isEqualTo("{\"architecture\":\"\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":null},"
                        + "\"config\":{\"Hostname\":\"h\"},\"zeta\":[1,2.50,18446744073709551616]}");
    }

    @Test
    void namesOfFieldsAreMatchedWithoutRegardToCase() {
        ImageConfig image = ImageConfig.parse(Bytes.utf8("{\"OS\":\"linux\",\"Config\":{\"user\":\"u\"}}"));
        assertThat(image.platform().os()).isEqualTo("linux");
        assertThat(image.config().user()).isEqualTo("u");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|the document is not a JSON object",
                "{|the document is not valid JSON at line 1, column 2",
                "{\"rootfs\":{\"diff_ids\":[\"sha256:1\"]}}|\"rootfs.diff_ids\" must hold digests: invalid digest: sha256:1",
                "{\"history\":[{},{\"empty_layer\":1}]}|\"history[1].empty_layer\" must be true or false",
                "{\"os\":1}|\"os\" must be a string",
                "{\"config\":[]}|\"config\" must be an object",
                "{\"config\":{\"Env\":[1]}}|\"config.Env\" must hold strings",
                "{\"config\":{\"Healthcheck\":{\"Retries\":1.5}}}|\"config.Healthcheck.Retries\" must be an integer",
                "{\"config\":{\"Healthcheck\":{\"Retries\":99999999999}}}|\"config.Healthcheck.Retries\" must be an integer",
                "{\"created\":\"yesterday\"}|\"created\" must be a time: yesterday",
            })
    void aFieldOfAWrongTypeIsNamed(String json, String problem) {
        assertThatThrownBy(() -> ImageConfig.parse(Bytes.utf8(json)))
                .isInstanceOf(InvalidImageConfigException.class)
                .hasMessageStartingWith("invalid image config: " + problem);
    }

    private static String rewritten(String json) {
        return new String(ImageConfig.parse(Bytes.utf8(json)).toJson().toArray(), StandardCharsets.UTF_8);
    }
}
