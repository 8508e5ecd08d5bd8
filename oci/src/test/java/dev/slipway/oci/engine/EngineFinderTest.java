package dev.slipway.oci.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.llb.Digest;
import dev.slipway.oci.engine.EngineAddress.Ssh;
import dev.slipway.oci.engine.EngineAddress.Tcp;
import dev.slipway.oci.engine.EngineAddress.UnixSocket;
import dev.slipway.oci.tls.TlsFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineFinderTest {

    @TempDir
    private Path home;

    private final Map<String, String> environment = new TreeMap<>();
    private Path config;

    @BeforeEach
    void makeContexts() throws IOException {
        config = Files.createDirectories(home.resolve(".docker"));
        context("lab", "{\"docker\":{\"Host\":\"tcp://lab.example:1\",\"SkipTLSVerify\":false}}");
        context("attic", "{\"docker\":{\"Host\":\"unix:///attic.sock\"}}");
    }

    private void context(String name, String endpoints) throws IOException {
        Path folder = Files.createDirectories(
                config.resolve("contexts/meta").resolve(Digest.sha256(name).hex()));
        Files.writeString(
                folder.resolve("meta.json"),
                "{\"Name\":\"" + name + "\",\"Metadata\":{},\"Endpoints\":" + endpoints + "}");
    }

    private EngineChoice find(Path... sockets) throws IOException {
        return find(Optional.empty(), sockets);
    }

    private EngineChoice find(Optional<String> wanted, Path... sockets) throws IOException {
        return new EngineFinder(environment, home, List.of(sockets)).find(wanted);
    }

    private static EngineAddress socket(String path) {
        return new UnixSocket(Path.of(path));
    }

    @Test
    void theFirstOfAllThatAreSetCounts() throws Exception {
        environment.put("CONTAINER_HOST", "unix:///podman.sock");
        assertThat(find()).isEqualTo(new EngineChoice(socket("/podman.sock"), "CONTAINER_HOST"));
        Files.writeString(config.resolve("config.json"), "{\"currentContext\":\"attic\"}");
        assertThat(find())
                .isEqualTo(new EngineChoice(socket("/attic.sock"), "Docker context attic, the current one of docker"));
        environment.put("DOCKER_CONTEXT", "lab");
        assertThat(find())
                .isEqualTo(new EngineChoice(
                        new Tcp("lab.example", 1, Optional.empty()), "Docker context lab, DOCKER_CONTEXT"));
        environment.put("DOCKER_HOST", "unix:///host.sock");
        assertThat(find()).isEqualTo(new EngineChoice(socket("/host.sock"), "DOCKER_HOST"));
        assertThat(find(Optional.of("attic")))
                .isEqualTo(new EngineChoice(socket("/attic.sock"), "Docker context attic, context= of the output"));
        assertThat(find(Optional.of("unix:///own.sock")))
                .isEqualTo(new EngineChoice(socket("/own.sock"), "context= of the output"));
    }

    @Test
    void theDefaultContextIsWhatTheEnvironmentSays() throws Exception {
        Files.writeString(config.resolve("config.json"), "{\"currentContext\":\"attic\"}");
        environment.put("DOCKER_CONTEXT", "default");
        environment.put("CONTAINER_HOST", "unix:///podman.sock");
        assertThat(find().address()).isEqualTo(socket("/podman.sock"));
        environment.put("DOCKER_HOST", "unix:///host.sock");
        assertThat(find(Optional.of("default")).address()).isEqualTo(socket("/host.sock"));
    }

    @Test
    void variablesThatAreEmptyAreNotSet() throws Exception {
        for (String name : List.of("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_TLS_VERIFY")) {
            environment.put(name, "");
        }
        Files.writeString(config.resolve("config.json"), "{\"currentContext\":\"attic\",\"auths\":{}}");
        assertThat(find().address()).isEqualTo(socket("/attic.sock"));
    }

    @Test
    void aConfigMayBeElsewhere() throws Exception {
        Path elsewhere = home.resolve("elsewhere");
        Files.move(config, elsewhere);
        environment.put("DOCKER_CONFIG", elsewhere.toString());
        assertThat(find(Optional.of("attic")).address()).isEqualTo(socket("/attic.sock"));
    }

    @Test
    void theFirstSocketThatAnswersCounts() throws Exception {
        Path dead = home.resolve("dead.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(dead))
                .close();
        Path alive = home.resolve("alive.sock");
        Path later = home.resolve("later.sock");
        try (FakeEngine one = FakeEngine.at(alive);
                FakeEngine other = FakeEngine.at(later)) {
            EngineChoice choice = find(home.resolve("none.sock"), dead, alive, later);
            assertThat(choice)
                    .isEqualTo(new EngineChoice(new UnixSocket(alive), "the first of the usual sockets that answers"));
            assertThat(one.requests()).isEmpty();
            assertThat(other.requests()).isEmpty();
        }
        assertThatThrownBy(() -> find(home.resolve("none.sock"), dead))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("no engine was found: neither DOCKER_HOST nor CONTAINER_HOST is set, no Docker"
                        + " context is chosen, and nothing listens at " + home + "/none.sock (not there), " + dead
                        + " (connection refused); start Docker or Podman");
    }

    @Test
    void rootlessEnginesAndPodmanAreLookedFor() {
        assertThat(EngineFinder.usualSockets(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), Path.of("/home/jane")))
                .map(Path::toString)
                .containsExactly(
                        "/var/run/docker.sock",
                        "/run/user/7/docker.sock",
                        "/home/jane/.docker/run/docker.sock",
                        "/home/jane/.docker/desktop/docker.sock",
                        "/run/user/7/podman/podman.sock",
                        "/run/podman/podman.sock");
        assertThat(EngineFinder.usualSockets(Map.of(), Path.of("/"))).hasSize(4);
    }

    @Test
    void aContextBringsItsCertificates() throws Exception {
        Path files = Files.createDirectories(config.resolve("contexts/tls")
                .resolve(Digest.sha256("lab").hex())
                .resolve("docker"));
        Path authorities = Files.writeString(files.resolve("ca.pem"), "");
        Path certificate = Files.writeString(files.resolve("cert.pem"), "");
        Path key = Files.writeString(files.resolve("key.pem"), "");
        TlsFiles tls = new TlsFiles(Optional.of(authorities), Optional.of(certificate), Optional.of(key), true);
        assertThat(find(Optional.of("lab")).address()).isEqualTo(new Tcp("lab.example", 1, Optional.of(tls)));
    }

    @Test
    void aContextMayNotAskForProof() throws Exception {
        context("lab", "{\"docker\":{\"Host\":\"tcp://lab.example\",\"SkipTLSVerify\":true}}");
        TlsFiles tls = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty(), false);
        assertThat(find(Optional.of("lab")).address()).isEqualTo(new Tcp("lab.example", 2376, Optional.of(tls)));
    }

    @Test
    void certificatesOfTheEnvironmentAreForItsHost() throws Exception {
        environment.put("DOCKER_HOST", "tcp://build.example");
        environment.put("DOCKER_TLS_VERIFY", "1");
        Optional<Path> authorities = Optional.of(config.resolve("ca.pem"));
        assertThat(find().address())
                .isEqualTo(new Tcp(
                        "build.example",
                        2376,
                        Optional.of(new TlsFiles(authorities, Optional.empty(), Optional.empty(), true))));

        Path folder = Files.createDirectory(home.resolve("certificates"));
        Path certificate = Files.writeString(folder.resolve("cert.pem"), "");
        environment.put("DOCKER_CERT_PATH", folder.toString());
        environment.remove("DOCKER_TLS_VERIFY");
        environment.put("DOCKER_TLS", "1");
        assertThat(find().address())
                .isEqualTo(new Tcp(
                        "build.example",
                        2376,
                        Optional.of(
                                new TlsFiles(Optional.empty(), Optional.of(certificate), Optional.empty(), false))));
    }

    @Test
    void podmansHostMayBeReachedWithAKeyOfItsOwn() throws Exception {
        environment.put("CONTAINER_HOST", "ssh://core@localhost:22/run/user/7/podman/podman.sock");
        environment.put("CONTAINER_SSHKEY", "/keys/machine");
        Ssh ssh = (Ssh) find().address();
        assertThat(ssh.command())
                .containsSequence("-i", "/keys/machine")
                .endsWith("podman '--url=unix:///run/user/7/podman/podman.sock' system dial-stdio");
    }

    @Test
    void aContextThatIsMissingIsNamedBesideThoseThatAreThere() {
        assertThatThrownBy(() -> find(Optional.of("cellar")))
                .isInstanceOf(EngineException.class)
                .hasMessage("there is no Docker context cellar; known are attic, lab");
    }

    @Test
    void aContextWithoutAnEngineIsRefused() throws Exception {
        context("cluster", "{\"kubernetes\":{}}");
        assertThatThrownBy(() -> find(Optional.of("cluster"))).hasMessage("the Docker context cluster has no engine");
    }

    @Test
    void aDamagedConfigIsNamed() throws Exception {
        Path file = Files.writeString(config.resolve("config.json"), "{\"currentContext\":7}");
        assertThatThrownBy(this::find)
                .isInstanceOf(EngineException.class)
                .hasMessage(file + " can't be read: \"currentContext\" must be a string");
    }
}
