package dev.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.llb.SourceOp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePolicyTest {

    private static final String BUSYBOX = "docker-image://docker.io/library/busybox:latest";
    private static final String ALLOW = "ALLOW";
    private static final String DENY = "DENY";

    private static SourcePolicy policy(String... rules) {
        return SourcePolicy.parse(
                ("{\"version\": 1, \"rules\": [" + String.join(",", rules) + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private static String rule(String action, String identifier, String more) {
        return "{\"action\": \"" + action + "\", \"selector\": {\"identifier\": \"" + identifier + "\"" + more + "}}";
    }

    private static String rule(String action, String identifier) {
        return rule(action, identifier, "");
    }

    private static String convert(String selector, String updates) {
        return "{\"action\": \"CONVERT\", \"selector\": {" + selector + "}, \"updates\": {" + updates + "}}";
    }

    private static String apply(SourcePolicy policy, String identifier) {
        return policy.apply(SourceOp.of(identifier, Map.of())).identifier();
    }

    private static void assertDenied(SourcePolicy policy, String identifier) {
        assertThatThrownBy(() -> apply(policy, identifier))
                .isInstanceOf(SourceDeniedException.class)
                .hasMessage("source \"" + identifier + "\" denied by policy");
    }

    @Test
    void aSourceThatNoRuleMatchesIsAllowed() {
        assertThat(apply(policy(), BUSYBOX)).isEqualTo(BUSYBOX);
        assertThat(apply(policy(rule(DENY, "docker-image://docker.io/library/alpine:latest")), BUSYBOX))
                .isEqualTo(BUSYBOX);
    }

    @Test
    void theLastRuleWins() {
        assertDenied(policy(rule(ALLOW, BUSYBOX), rule(DENY, BUSYBOX)), BUSYBOX);
        SourcePolicy onlyBusybox = policy(rule(DENY, "*"), rule(ALLOW, "docker-image://docker.io/library/busybox:*"));
        assertThat(apply(onlyBusybox, BUSYBOX)).isEqualTo(BUSYBOX);
        assertDenied(onlyBusybox, "docker-image://docker.io/library/busyboxes");
        assertDenied(onlyBusybox, "local://context");
    }

    @Test
    void whatBecomesOfASourceIsJudgedAgain() {
        String alpine = "docker-image://docker.io/library/alpine:latest";
        String convert = convert("\"identifier\": \"" + BUSYBOX + "\"", "\"identifier\": \"" + alpine + "\"");
        assertThat(apply(policy(convert), BUSYBOX)).isEqualTo(alpine);
        assertDenied(policy(convert, rule(DENY, alpine)), alpine);
        assertThatThrownBy(() -> apply(policy(rule(DENY, alpine), convert), BUSYBOX))
                .hasMessage("source \"" + alpine + "\" denied by policy");
        assertThat(apply(policy(rule(DENY, BUSYBOX), convert), BUSYBOX)).isEqualTo(alpine);
    }

    @Test
    void rulesThatLeadInACircleEnd() {
        SourcePolicy circle = policy(
                convert("\"identifier\": \"docker-image://a\"", "\"identifier\": \"docker-image://b\""),
                convert("\"identifier\": \"docker-image://b\"", "\"identifier\": \"docker-image://a\""));
        assertThatThrownBy(() -> apply(circle, "docker-image://a"))
                .isInstanceOf(SourceDeniedException.class)
                .hasMessageContaining("too many mutations on a single source");
    }

    @Test
    void aWildcardCanBeUsedInWhatTheSourceBecomes() {
        SourcePolicy mirror = policy(convert(
                "\"identifier\": \"docker-image://docker.io/library/golang:*\"",
                "\"identifier\": \"docker-image://mirror.example.com/go:${1}-$$-$1x-$2\""));
        assertThat(apply(mirror, "docker-image://docker.io/library/golang:1.19"))
                .isEqualTo("docker-image://mirror.example.com/go:1.19-$--");
    }

    @Test
    void aRegularExpressionReplacesEachPlaceThatItMatches() {
        SourcePolicy versions = policy(convert(
                "\"identifier\": \"(?P<name>go)lang:([0-9]+)\", \"match_type\": \"REGEX\"",
                "\"identifier\": \"${name}:v$2\""));
        assertThat(apply(versions, "docker-image://golang:1.19")).isEqualTo("docker-image://go:v1.19");
    }

    @Test
    void aStarIsAStarIfTheMatchIsExact() {
        SourcePolicy exact = policy(rule(DENY, "docker-image://*", ", \"match_type\": \"EXACT\""));
        assertThat(apply(exact, BUSYBOX)).isEqualTo(BUSYBOX);
        assertDenied(exact, "docker-image://*");
    }

    @Test
    void anAttributePinsAFile() {
        String url = "https://example.com/file.tar";
        SourcePolicy pin = policy(convert(
                "\"identifier\": \"" + url + "\", \"match_type\": 1", "\"attrs\": {\"http.checksum\": \"sha256:1\"}"));
        SourceOp pinned = pin.apply(SourceOp.of(url, Map.of("http.filename", "file")));
        assertThat(pinned).isEqualTo(SourceOp.of(url, Map.of("http.filename", "file", "http.checksum", "sha256:1")));
    }

    @ParameterizedTest
    @CsvSource({
        "EQUAL, pull, true",
        "EQUAL, local, false",
        "NOTEQUAL, pull, false",
        "NOTEQUAL, local, true",
        "MATCHES, ^p.*l$, true",
        "MATCHES, ^l, false"
    })
    void aConstraintComparesAnAttribute(String condition, String value, boolean denied) {
        SourcePolicy policy = policy(rule(
                DENY,
                "*",
                ", \"constraints\": [{\"key\": \"image.resolvemode\", \"condition\": \"" + condition
                        + "\", \"value\": \"" + value + "\"}]"));
        SourceOp source = SourceOp.of(BUSYBOX, Map.of("image.resolvemode", "pull"));
        if (denied) {
            assertThatThrownBy(() -> policy.apply(source)).isInstanceOf(SourceDeniedException.class);
        } else {
            assertThat(policy.apply(source)).isEqualTo(source);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\": \"FORBID\", \"selector\": {\"identifier\": \"*\"}}",
                "{\"action\": 3, \"selector\": {\"identifier\": \"*\"}}",
                "{\"action\": \"DENY\", \"selector\": {\"identifier\": \"*\", \"matchType\": \"EXACT\"}}",
                "{\"action\": \"DENY\"}",
                "{\"action\": \"CONVERT\", \"selector\": {\"identifier\": \"*\"}}",
                "{\"action\": \"DENY\", \"selector\": {\"identifier\": \"a**\"}}",
                "{\"action\": \"DENY\", \"selector\": {\"identifier\": \"a(\", \"match_type\": \"REGEX\"}}",
                "null"
            })
    void whatBuildKitWouldNotTakeOrWouldPassOverIsRefused(String rule) {
        assertThatIllegalArgumentException().isThrownBy(() -> policy(rule));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SourcePolicy.read(Path.of("missing.json")))
                .withMessage("the source policy missing.json does not exist");
    }

    @Test
    void equalRulesAreEqualPolicies() {
        String rule = rule(DENY, "a.*", ", \"match_type\": \"REGEX\"");
        assertThat(policy(rule))
                .isEqualTo(policy(rule))
                .hasSameHashCodeAs(policy(rule))
                .isNotEqualTo(policy());
    }
}
