package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengeTest {

    @Test
    void aHeaderMayHoldSeveralChallenges() {
        assertThat(Challenge.parse(List.of(
                        "Basic realm=\"a, \\\"b\\\"\", Bearer realm=\"https://auth.example.com/token\""
                                + " ,service=x,scope=\"r:a:pull r:b:pull\"",
                        "Negotiate",
                        "Digest nonce=\"1\"")))
                .containsExactly(
                        new Challenge(
                                "bearer",
                                Map.of(
                                        "realm", "https://auth.example.com/token",
                                        "service", "x",
                                        "scope", "r:a:pull r:b:pull")),
                        new Challenge("basic", Map.of("realm", "a, \"b\"")));
    }

    @Test
    void aValueMayBeAsLongAsAHeader() {
        String value = "x\\\"".repeat(100_000);
        assertThat(Challenge.parse(List.of("Bearer realm=\"" + value + "\"")))
                .singleElement()
                .satisfies(
                        challenge -> assertThat(challenge.parameters()).containsEntry("realm", "x\"".repeat(100_000)));
    }

    @Test
    void noiseIsNoChallenge() {
        assertThat(Challenge.parse(List.of("", "=", ",,,", "\"", "Bearer=1", "x".repeat(100_000))))
                .isEmpty();
        assertThat(Challenge.parse(List.of("BEARER"))).containsExactly(new Challenge("bearer", Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io, https://registry-1.docker.io/v2/team/app/manifests/1",
        "ghcr.io, https://ghcr.io/v2/team/app/manifests/1",
        "ghcr.io:443, https://ghcr.io:443/v2/team/app/manifests/1",
        "localhost:5000, http://localhost:5000/v2/team/app/manifests/1",
        "localhost, http://localhost/v2/team/app/manifests/1",
        "127.0.0.2:80, http://127.0.0.2:80/v2/team/app/manifests/1",
        "[::1]:5000, http://[::1]:5000/v2/team/app/manifests/1",
        "plain.example.com, http://plain.example.com/v2/team/app/manifests/1",
        "127.0.0.1.example.com, https://127.0.0.1.example.com/v2/team/app/manifests/1",
    })
    void aHostHasAnAddress(String domain, String address) {
        RegistryHost host = RegistryHost.of(domain, RegistrySettings.anonymous().withPlainHttp("plain.example.com"));

        assertThat(host.resolve("team/app", "manifests/1")).isEqualTo(URI.create(address));
    }
}
