package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UserConfigTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    @TempDir
    private Path folder;

    private Map<String, String> read(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("config.json"), text);
        return UserConfig.read(Map.of("SLIPWAY_CONFIG", file.toString()), "/nobody");
    }

    @Test
    void optionsOfTheExecutorAndRegistriesAreRead() throws Exception {
        assertThat(read("""
            {
              "executors": {"local": {"sandbox": "crun", "gc.keep-duration": "720h"}},
              "registries": {
                "docker.io": {"mirrors": ["https://one.example", "https://two.example/hub"]},
                "registry.lan:5000": {"plain-http": true},
                "registry.lan:5001": {"plain-http": true},
                "localhost:5002": {"plain-http": false, "token-servers": ["tokens.lan:8443", "[::1]:5001"]}
              }
            }
            """))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "sandbox", "crun",
                        "gc.keep-duration", "720h",
                        "registry.mirror.docker.io", "https://one.example,https://two.example/hub",
                        "registry.plain-http", "registry.lan:5000,registry.lan:5001",
                        "registry.https", "localhost:5002",
                        "registry.token-servers.localhost:5002", "tokens.lan:8443,[::1]:5001"));
    }

    @Test
    void theFileIsInTheConfigFolderOfTheUserAndNeedNotExist() throws Exception {
        assertThat(UserConfig.read(Map.of(), folder.toString())).isEmpty();
        Path file = Files.createDirectories(folder.resolve(".config/slipway")).resolve("config.json");
        Files.writeString(file, "{\"executors\": {\"local\": {\"gc\": \"false\"}}}");
        assertThat(UserConfig.read(Map.of(), folder.toString())).containsEntry("gc", "false");
        assertThat(UserConfig.read(Map.of("HOME", folder.toString()), "?")).containsEntry("gc", "false");
        assertThat(UserConfig.read(
                        Map.of("XDG_CONFIG_HOME", folder.resolve(".config").toString()), "/nobody"))
                .containsEntry("gc", "false");
    }

    @Test
    void whatIsWrongIsSaidWithTheFileAndThePlace() {
        String file = folder.resolve("config.json").toString();
        assertWrong(
                "{\"registry\": {}}",
                "the config file " + file + ": there is no \"registry\"; known are executors," + " registries");
        assertWrong("{\"executors\": {\"locla\": {}}}", "there is no \"executors.locla\"; known are local");
        assertWrong("{\"registries\": {\"a.b\": {\"mirror\": []}}}", "there is no \"registries.a.b.mirror\"");
        assertWrong("{\"registries\": {\"a.b\": {\"mirrors\": [\"a b\"]}}}", "a mirror of a.b is not an address: a b");
        assertWrong(
                "{\"registries\": {\"a.b\": {\"token-servers\": [\"https://t.example\"]}}}",
                "a token server of a.b is not a host: https://t.example; write HOST[:PORT]");
        assertWrong("{\"registries\": {\"a.b\": null}}", "registries.a.b is null");
        assertWrong(
                "{\"registries\": {\"a.b\": {\"mirrors\": [\"https://ann:one,two@m.example\"]}}}",
                "a mirror of a.b has a name or password in it: https://xxxxx:xxxxx@m.example; leave it out, and log in"
                        + " with docker login m.example");
        assertWrong("{\"executors\": {\"local\": {\"gc\": 1}}}", "\"executors.local.gc\" must be a string");
        assertWrong("{", "not valid JSON at line 1");
        assertWrong("\0\u00ff", "not valid JSON");
        assertThatThrownBy(() -> UserConfig.read(Map.of("SLIPWAY_CONFIG", "/nowhere/c.json"), ""))
                .isInstanceOf(UsageException.class)
                .hasMessage("SLIPWAY_CONFIG names /nowhere/c.json, which is not there");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatOthersMayWriteDoesNotSayWhoIsTrusted() throws Exception {
        String text = "{\"executors\": {\"local\": {\"store.trusted-owners\": \"1000\"}}}";
        Path file = Files.writeString(folder.resolve("config.json"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(read(text)).containsEntry("store.trusted-owners", "1000");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertWrong(
                text, "others own it or may write to it; set the environment variable SLIPWAY_STORE_TRUSTED_OWNERS");
    }

    private void assertWrong(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UsageException.class).hasMessageContaining(message);
    }

    @Test
    @Tag("end-to-end")
    void theCommandBuildsFromAMirrorAndCollectsAsTheFileSays() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM registry.example/library/base:1\nCOPY data /data\n");
        Files.writeString(context.resolve("data"), "data\n");
        Path home = folder.resolve("home");
        try (TestRegistry registry = new TestRegistry(ALPINE)) {
            String mirror = registry.reference().replaceFirst("/.*", "");
            Path config = Files.writeString(folder.resolve("config.json"), """
                {
                  "executors": {"local": {"gc.interval": "0s", "gc.max-used-space": "1B", "gc.reserved-space": "0B"}},
                  "registries": {"registry.example": {"mirrors": ["http://%s"]}}
                }
                """.formatted(mirror));
            Map<String, String> environment = Map.of("SLIPWAY_CONFIG", config.toString());
            for (int i = 0; i < 2; i++) {
                var build = SlipwayProcess.run(
                        home,
                        new byte[0],
                        environment,
                        "build",
                        "-o",
                        folder.resolve("out" + i).toString(),
                        context.toString());
                assertThat(build.exitCode()).as(build.err()).isZero();
                assertThat(folder.resolve("out" + i + "/data")).hasContent("data\n");
            }
            assertThat(registry.requests).isNotEmpty();
            // The first build of a store has nothing to collect; the second one has collected what both have made.
            var kept = SlipwayProcess.run(home, new byte[0], environment, "cache", "du");
            assertThat(kept.out()).doesNotContain("COPY data");
            var without = SlipwayProcess.run(
                    home, "build", "-o", folder.resolve("out2").toString(), context.toString());
            assertThat(without.err()).contains("registry.example");
            assertThat(without.exitCode()).isEqualTo(1);
        }
    }
}
