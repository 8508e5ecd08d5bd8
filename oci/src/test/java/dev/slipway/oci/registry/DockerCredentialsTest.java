package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerCredentialsTest {

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));

    private Optional<Credential> find(String host, String config) throws IOException {
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(home.resolve(".docker/config.json"), config);
        return new DockerCredentials(environment, home).find(host);
    }

    private static String auth(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io, https://index.docker.io/v1/",
        "docker.io, docker.io",
        "ghcr.io, ghcr.io",
        "ghcr.io, https://ghcr.io",
        "ghcr.io, https://ghcr.io/v2/",
        "localhost:5000, http://localhost:5000",
    })
    void anEntryIsFoundHoweverItsHostIsWritten(String host, String key) throws IOException {
        String config = "{\"auths\":{\"other.io\":{\"auth\":\"" + auth("o:o") + "\"},\"" + key + "\":{\"auth\":\""
                + auth("jane:pass:wörd") + "\"}},\"HttpHeaders\":{}}";

        assertThat(find(host, config)).contains(new Credential("jane", "pass:wörd", false));
        assertThat(find("elsewhere.io", config)).isEmpty();
    }

    @Test
    void identityTokensAndPlainFieldsAreRead() throws IOException {
        assertThat(find("a.io", "{\"auths\":{\"a.io\":{\"identitytoken\":\"t\",\"auth\":\"" + auth("j:") + "\"}}}"))
                .contains(new Credential("j", "t", true));
        assertThat(find("a.io", "{\"auths\":{\"a.io\":{\"username\":\"u\",\"password\":\"p\"}}}"))
                .contains(new Credential("u", "p", false));
        assertThat(find("a.io", "{\"auths\":{\"a.io\":{}}}")).isEmpty();
    }

    @Test
    void withoutAConfigEverybodyIsAnonymous() throws IOException {
        assertThat(new DockerCredentials(environment, home).find("a.io")).isEmpty();
    }

    @Test
    void aConfigInTheEnvironmentComesFirst() throws IOException {
        environment.put("DOCKER_AUTH_CONFIG", "{\"auths\":{\"a.io\":{\"auth\":\"" + auth("env:e") + "\"}}}");
        String file =
                "{\"auths\":{\"a.io\":{\"auth\":\"" + auth("f:f") + "\"},\"b.io\":{\"auth\":\"" + auth("f:f") + "\"}}}";

        assertThat(find("a.io", file)).contains(new Credential("env", "e", false));
        assertThat(find("b.io", file)).contains(new Credential("f", "f", false));
    }

    @Test
    void theFolderOfTheConfigCanBeChosen() throws IOException {
        Path folder = Files.createDirectory(home.resolve("elsewhere"));
        Files.writeString(folder.resolve("config.json"), "{\"auths\":{\"a.io\":{\"auth\":\"" + auth("u:p") + "\"}}}");
        environment.put("DOCKER_CONFIG", folder.toString());

        assertThat(new DockerCredentials(environment, home).find("a.io")).contains(new Credential("u", "p", false));
    }

    @Test
    void aDamagedConfigIsNamed() {
        assertThatThrownBy(() -> find("a.io", "{\"auths\":{\"a.io\":{\"auth\":\"???\"}}}"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "the credentials in " + home.resolve(".docker/config.json") + " can't be read: ");
        assertThatThrownBy(() -> find("a.io", "{\"auths\":{\"a.io\":{\"auth\":\"" + auth("secret") + "\"}}}"))
                .hasMessageNotContaining("secret");
    }

    @Test
    void helpersAreAsked() throws IOException {
        helper(
                "store",
                "read host; echo \"{\\\"ServerURL\\\":\\\"$host\\\",\\\"Username\\\":\\\"$host\\\",\\\"Secret\\\":\\\"s\\\"}\"");
        helper("token", "echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'");
        String config = "{\"credsStore\":\"store\",\"credHelpers\":{\"gcr.io\":\"token\"}}";

        assertThat(find("a.io", config)).contains(new Credential("a.io", "s", false));
        assertThat(find("docker.io", config)).contains(new Credential("https://index.docker.io/v1/", "s", false));
        assertThat(find("gcr.io", config)).contains(new Credential("<token>", "t", true));
    }

    @Test
    void helpersMayKnowNothingOrFail() throws IOException {
        helper("none", "echo credentials not found in native keychain; exit 1");
        helper("broken", "echo the keyring is locked; exit 1");

        assertThat(find("a.io", "{\"credsStore\":\"none\"}")).isEmpty();
        assertThatThrownBy(() -> find("a.io", "{\"credsStore\":\"broken\"}"))
                .hasMessage("docker-credential-broken failed: the keyring is locked");
        assertThatThrownBy(() -> find("a.io", "{\"credsStore\":\"missing\"}"))
                .hasMessage(
                        "the credential helper docker-credential-missing that Docker's config names is not installed");
        assertThatThrownBy(() -> find("a.io", "{\"credsStore\":\"../../bin/sh\"}"))
                .hasMessage("invalid name of a credential helper: ../../bin/sh");
    }

    private void helper(String name, String script) throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        Path file = Files.writeString(bin.resolve("docker-credential-" + name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        environment.put("PATH", bin + ":/usr/bin:/bin");
    }

    @Test
    void aCredentialDoesNotPrintItsSecret() {
        assertThat(new Credential("jane", "hidden", false).toString()).doesNotContain("hidden");
    }
}
