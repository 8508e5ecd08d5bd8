package dev.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.llb.Digest;
import dev.slipway.llb.ReferenceFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {

    @TestFactory
    Stream<DynamicTest> theReferenceReadsTheSame() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode json : ReferenceFolder.json("vectors/image-references.json")) {
            String text = json.path("in").asText();
            tests.add(DynamicTest.dynamicTest("\"" + text + "\"", () -> check(text, json)));
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static void check(String text, JsonNode expected) {
        if (expected.has("error")) {
            assertThatThrownBy(() -> ImageReference.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(expected.path("error").asText());
            return;
        }
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference.domain()).isEqualTo(expected.path("domain").asText());
        assertThat(reference.path()).isEqualTo(expected.path("path").asText());
        assertThat(reference.familiar()).isEqualTo(expected.path("familiar").asText());
        assertThat(reference).hasToString(expected.path("normalized").asText());
        assertThat(reference.withDefaultTag())
                .hasToString(expected.path("tagged").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "alpine, docker.io/library/alpine",
        "user/repo:1, docker.io/user/repo:1",
        "localhost/x, localhost/x",
        "Host/x, Host/x",
        "host.example:5000/a/b-c__d.e:_1, host.example:5000/a/b-c__d.e:_1",
        "'[::1]:5000/x', '[::1]:5000/x'",
        "index.docker.io/x, docker.io/library/x",
        "a_b.c/x, a_b.c/x"
    })
    void theFullFormNamesTheRegistry(String text, String full) {
        assertThat(ImageReference.parse(text)).hasToString(full);
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/alpine:3, alpine:3",
        "docker.io/library/a/b, library/a/b",
        "docker.io/user/x, user/x",
        "quay.io/library/x, quay.io/library/x"
    })
    void theFamiliarFormLeavesOutWhatIsUsual(String full, String familiar) {
        assertThat(ImageReference.parse(full).familiar()).isEqualTo(familiar);
    }

    @ParameterizedTest
    @CsvSource({
        "a_.b/X, invalid reference format: repository name (X) must be lowercase",
        "A_B.c/x, repository name must be lowercase",
        "a.-b/x, invalid reference format",
        "h:/x, invalid reference format",
        "'[x]:1/x', invalid reference format",
        "x@sha256:0123456789012345678901234567890123456789, invalid checksum digest length",
        "x@sha999:0123456789012345678901234567890123456789, unsupported digest algorithm",
        "x@sha256:ABCDEF6789012345678901234567890123456789012345678901234567890123, invalid checksum digest format",
    })
    void aMistakeIsNamed(String text, String message) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aDigestPinsTheTag() {
        Digest digest = Digest.sha256("content");
        ImageReference pinned = ImageReference.parse("alpine:3").withDigest(digest);
        assertThat(pinned).hasToString("docker.io/library/alpine:3@" + digest);
        assertThat(pinned.withoutDigest()).hasToString("docker.io/library/alpine:3");
        assertThat(ImageReference.parse("alpine")
                        .withDigest(digest)
                        .withDefaultTag()
                        .tag())
                .isEmpty();
    }

    @Test
    void aLongNameIsReadWithoutDelay() {
        String name = "a.".repeat(30_000) + "b";
        assertThatThrownBy(() -> ImageReference.parse("h.example/" + name))
                .hasMessage("repository name must not be more than 255 characters");
    }
}
