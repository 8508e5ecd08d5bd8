package dev.slipway.llb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    private static final Platform HOST = Platform.of("linux", "amd64", "");

    @TestFactory
    Stream<DynamicTest> theReferenceParsesTheSame() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode json : ReferenceFolder.json("vectors/platforms.json").path("parse")) {
            String text = json.path("in").asText();
            tests.add(DynamicTest.dynamicTest("\"" + text + "\"", () -> check(text, json)));
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static void check(String text, JsonNode expected) {
        if (expected.has("error")) {
            assertThatThrownBy(() -> Platform.parse(text, HOST))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(expected.path("error").asText());
            return;
        }
        Platform parsed = Platform.parse(text, HOST);
        assertThat(parsed).isEqualTo(platform(expected.path("parsed")));
        assertThat(parsed.normalized()).isEqualTo(platform(expected.path("normalized")));
        assertThat(parsed.formatAll()).isEqualTo(expected.path("format").asText());
        assertThat(parsed.normalized().formatAll())
                .isEqualTo(expected.path("normalizedFormat").asText());
    }

    private static Platform platform(JsonNode json) {
        return new Platform(
                json.path("os").asText(),
                json.path("architecture").asText(),
                json.path("variant").asText(),
                json.path("os.version").asText(),
                List.of());
    }

    @TestFactory
    Stream<DynamicTest> theReferenceMatchesTheSame() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode json : ReferenceFolder.json("vectors/platforms.json").path("match")) {
            String name = json.path("mode").asText() + " " + json.path("wanted").asText();
            tests.add(DynamicTest.dynamicTest(name, () -> checkMatch(json)));
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static void checkMatch(JsonNode json) {
        Platform wanted = Platform.parse(json.path("wanted").asText(), HOST);
        PlatformMatcher matcher = json.path("mode").asText().equals("only")
                ? PlatformMatcher.only(wanted)
                : PlatformMatcher.onlyStrict(wanted);
        List<Platform> candidates = new ArrayList<>();
        json.path("candidates")
                .forEach(text ->
                        candidates.add(Platform.parse(text.asText(), HOST).normalized()));
        List<String> bestFirst = new ArrayList<>();
        json.path("bestFirst").forEach(text -> bestFirst.add(text.asText()));
        assertThat(candidates.stream()
                        .filter(matcher::matches)
                        .sorted(matcher.nearestFirst())
                        .map(Platform::formatAll))
                .containsExactlyElementsOf(bestFirst);
        assertThat(matcher.best(candidates).map(Platform::formatAll))
                .isEqualTo(bestFirst.stream().findFirst());
    }

    @ParameterizedTest
    @CsvSource({
        "linux/x86_64, linux/amd64",
        "linux/aarch64, linux/arm64",
        "macos/arm64, darwin/arm64",
        "arm, linux/arm",
        "windows, windows/amd64",
        "windows(10.0.17763+win32k)/amd64, windows(10.0.17763+win32k)/amd64",
        "windows(a%2Bb%28c%29)/amd64, windows(a%2Bb%28c%29)/amd64"
    })
    void aNameBecomesTheUsualOne(String text, String formatted) {
        assertThat(Platform.parse(text, HOST).formatAll()).isEqualTo(formatted);
    }

    /** As containerd 2 decides on Linux. */
    @ParameterizedTest
    @CsvSource({
        "windows/amd64, windows(10.0.17763.1)/amd64 windows(10.0.20348.1)/amd64, windows(10.0.17763.1)/amd64",
        "windows/amd64, windows(10.0.20348.1)/amd64 windows(10.0.17763.1)/amd64, windows(10.0.20348.1)/amd64",
        "windows(10.0.20348)/amd64, windows(10.0.17763.1)/amd64 windows(10.0.20348.1)/amd64, windows(10.0.20348.1)/amd64",
        "windows(10.0.17763.9)/amd64, windows(10.0.20348.1)/amd64 windows(10.0.17763.1)/amd64, windows(10.0.17763.1)/amd64",
        "windows(10.0.17763)/amd64, windows(10.0.20348.1)/amd64, -",
        "windows(10.0.20348)/amd64, windows(10.0.26100.1)/amd64, -",
        "windows(10.0.26100)/amd64, windows(10.0.17763.1)/amd64 windows(10.0.20348.1)/amd64, windows(10.0.20348.1)/amd64",
        "windows(10.0.26200)/amd64, windows(10.0.20348.1)/amd64 windows(10.0.26100.1)/amd64, windows(10.0.26100.1)/amd64",
        "windows(10.0.20348)/amd64, windows/amd64, windows/amd64",
        "windows(10.0)/amd64, windows(10.0.17763.1)/amd64, windows(10.0.17763.1)/amd64",
        "windows(10.0.20348)/amd64, windows(11.0.20348)/amd64, -",
        "windows/amd64, windows(10.0.20348.1)/amd64 windows(10.0.20348.1+win32k)/amd64, windows(10.0.20348.1+win32k)/amd64",
        "windows/amd64, windows(10.0.20348.1+other)/amd64, -",
        "windows/amd64, windows/arm64 linux/amd64, -",
        "linux/amd64, linux(5)/amd64, linux(5)/amd64",
        "linux(6)/amd64, linux(5)/amd64, linux(5)/amd64",
        "linux/amd64, linux(+other)/amd64 linux/386, linux/386"
    })
    void aVersionOfWindowsRunsImagesOfItsOwnTime(String wanted, String candidates, String best) {
        List<Platform> all = Stream.of(candidates.split(" "))
                .map(text -> Platform.parse(text, HOST))
                .toList();
        assertThat(PlatformMatcher.only(Platform.parse(wanted, HOST))
                        .best(all)
                        .map(Platform::formatAll)
                        .orElse("-"))
                .isEqualTo(best);
    }

    @Test
    void anEscapedVersionIsReadAsUtf8() {
        assertThat(Platform.parse("windows(%C3%A9)/amd64", HOST).osVersion()).isEqualTo("é");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/|\"\" is an invalid OS component of \"/\"",
                "a/b/c/d/e|\"d/e\" is an invalid component of \"a/b/c/d/e\"",
                "amd64(1)|\"amd64(1)\": unknown operating system or architecture: invalid argument",
                "linux(%zz)/amd64|\"linux(%zz)/amd64\" has an invalid OS version \"%zz\": invalid URL escape \"%zz\"",
            })
    void aMistakeIsNamed(String text, String message) {
        assertThatThrownBy(() -> Platform.parse(text, HOST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
