package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserCredentialsTest {

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));

    private Optional<Credential> find(String host, String config) throws IOException {
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(home.resolve(".docker/config.json"), config);
        return credentials(host, "");
    }

    /** Without where they come from. */
    private Optional<Credential> credentials(String host, String repository) throws IOException {
        return new UserCredentials(environment, home, 4711)
                .find(host, repository)
                .map(found -> new Credential(found.username(), found.secret(), found.identityToken()));
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
        assertThat(credentials("a.io", "")).isEmpty();
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

        assertThat(credentials("a.io", "")).contains(new Credential("u", "p", false));
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
                "read host; echo"
                        + " \"{\\\"ServerURL\\\":\\\"$host\\\",\\\"Username\\\":\\\"$host\\\",\\\"Secret\\\":\\\"s\\\"}\"");
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

    @Test
    void aHelperThatIsSilentIsNotWaitedForEver() throws IOException {
        helper("silent", "exec sleep 3600");

        assertThatThrownBy(() -> new CredentialHelper("silent", environment, Duration.ofMillis(100)).get("a.io"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("docker-credential-silent has not answered for ");
    }

    @Test
    void aHelperThatKnowsNothingLeavesItToTheEntries() throws IOException {
        helper("none", "echo credentials not found in native keychain; exit 1");

        assertThat(find("a.io", "{\"credsStore\":\"none\",\"auths\":{\"a.io\":{\"auth\":\"" + auth("u:p") + "\"}}}"))
                .contains(new Credential("u", "p", false));
    }

    private Path authFile(String path, String... entries) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        StringBuilder auths = new StringBuilder();
        for (String entry : entries) {
            String[] parts = entry.split("=", 2);
            auths.append(auths.isEmpty() ? "" : ",")
                    .append("\"" + parts[0] + "\":{\"auth\":\"" + auth(parts[1]) + "\"}");
        }
        return Files.writeString(file, "{\"auths\":{" + auths + "}}");
    }

    @Test
    void filesAreAskedInTheirOrder() throws IOException {
        environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());
        authFile(".config/containers/auth.json", "a.io=config:p", "b.io=config:p", "c.io=config:p");
        authFile("run/containers/auth.json", "a.io=run:p", "b.io=run:p");
        authFile(".docker/config.json", "a.io=docker:p");

        assertThat(credentials("a.io", "")).contains(new Credential("docker", "p", false));
        assertThat(credentials("b.io", "")).contains(new Credential("run", "p", false));
        assertThat(credentials("c.io", "")).contains(new Credential("config", "p", false));

        environment.put(
                "REGISTRY_AUTH_FILE", authFile("only.json", "c.io=only:p").toString());
        assertThat(credentials("c.io", "")).contains(new Credential("only", "p", false));
        assertThat(credentials("a.io", "")).isEmpty();

        environment.put("DOCKER_AUTH_CONFIG", "{\"auths\":{\"a.io\":{\"auth\":\"" + auth("env:e") + "\"}}}");
        assertThat(credentials("a.io", "")).contains(new Credential("env", "e", false));
        assertThat(credentials("c.io", "")).contains(new Credential("only", "p", false));
    }

    @Test
    void aDamagedFileHidesNoOther() throws IOException {
        environment.put("DOCKER_AUTH_CONFIG", "{");
        authFile(".docker/config.json", "a.io=docker:p");

        assertThat(credentials("a.io", "")).contains(new Credential("docker", "p", false));
        assertThatThrownBy(() -> credentials("b.io", ""))
                .hasMessageStartingWith("the credentials in DOCKER_AUTH_CONFIG can't be read: ");
    }

    @Test
    void theEntryWithTheLongestPathCounts() throws IOException {
        authFile(
                ".docker/config.json",
                "a.io=host:p",
                "a.io/team=team:p",
                "a.io/team/app=app:p",
                "docker.io/library/alpine=alpine:p");

        assertThat(credentials("a.io", "team/app")).contains(new Credential("app", "p", false));
        assertThat(credentials("a.io", "team/app/more")).contains(new Credential("app", "p", false));
        assertThat(credentials("a.io", "team/application")).contains(new Credential("team", "p", false));
        assertThat(credentials("a.io", "teams")).contains(new Credential("host", "p", false));
        assertThat(credentials("docker.io", "library/alpine")).contains(new Credential("alpine", "p", false));
        assertThat(credentials("docker.io", "library/busybox")).isEmpty();
        assertThat(credentials("b.io", "team/app")).isEmpty();
    }

    @Test
    void theHelperOfACloudIsAskedLast() throws IOException {
        helper("ecr-login", "echo '{\"Username\":\"AWS\",\"Secret\":\"s\"}'");
        String host = "1234.dkr.ecr.eu-west-1.amazonaws.com";

        assertThat(credentials(host, "app")).contains(new Credential("AWS", "s", false));
        assertThat(credentials("notamazonaws.com", "app")).isEmpty();
        assertThat(credentials("eu.gcr.io", "app")).isEmpty();
        authFile(".docker/config.json", host + "=own:p");
        assertThat(credentials(host, "app")).contains(new Credential("own", "p", false));
    }

    @Test
    void aCredentialTellsWhereItComesFrom() throws IOException {
        Path file = authFile(".docker/config.json", "a.io=u:secret");

        assertThat(new UserCredentials(environment, home, 4711).find("a.io").orElseThrow())
                .hasToString("credential of u from " + file);
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
