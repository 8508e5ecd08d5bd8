package dev.slipway.oci.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.engine.AddressText.Remote;
import dev.slipway.oci.engine.EngineAddress.Ssh;
import dev.slipway.oci.engine.EngineAddress.Tcp;
import dev.slipway.oci.engine.EngineAddress.UnixSocket;
import dev.slipway.oci.tls.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {

    private static final TlsFiles TLS = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty(), true);

    private static EngineAddress parse(String text) throws EngineException {
        return parse(text, Optional.empty());
    }

    private static EngineAddress parse(String text, Optional<TlsFiles> tls) throws EngineException {
        return new AddressText(text, "DOCKER_HOST").parse(tls, Remote.DOCKER, List.of());
    }

    @Test
    void aSocketIsAPath() throws Exception {
        assertThat(parse("unix:///run/a b.sock")).isEqualTo(new UnixSocket(Path.of("/run/a b.sock")));
        assertThat(parse("unix:///run/a.sock")).hasToString("unix:///run/a.sock");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://build.example:1234, build.example, 1234",
        "tcp://build.example, build.example, 2375",
        "tcp://build.example/, build.example, 2375",
        "build.example:1234, build.example, 1234",
        "tcp://:1234, localhost, 1234",
        "tcp://[::1]:1234, ::1, 1234",
        "tcp://my_host, my_host, 2375",
    })
    void aPortHasItsUsualNumberUnlessOneIsGiven(String text, String host, int port) throws Exception {
        assertThat(parse(text)).isEqualTo(new Tcp(host, port, Optional.empty()));
    }

    @Test
    void withTlsThePortIsAnother() throws Exception {
        assertThat(parse("tcp://build.example", Optional.of(TLS)))
                .isEqualTo(new Tcp("build.example", 2376, Optional.of(TLS)))
                .hasToString("tcp://build.example:2376");
        assertThat(parse("tcp://[::1]")).hasToString("tcp://[::1]:2375");
    }

    @Test
    void sshAsksTheProgramAtTheOtherEnd() throws Exception {
        assertThat(parse("ssh://jane@build.example:2222"))
                .isEqualTo(new Ssh(
                        "ssh://jane@build.example:2222",
                        List.of(
                                "ssh",
                                "-T",
                                "-o",
                                "ConnectTimeout=30",
                                "-l",
                                "jane",
                                "-p",
                                "2222",
                                "--",
                                "build.example",
                                "docker system dial-stdio")));
    }

    @Test
    void aSocketAtTheOtherEndIsQuotedForItsShell() throws Exception {
        Ssh docker = (Ssh) parse("ssh://build.example/run/it's mine.sock");
        assertThat(docker.command())
                .endsWith("--", "build.example", "docker '--host=unix:///run/it'\\''s mine.sock' system dial-stdio");
        Ssh podman = (Ssh) new AddressText("ssh://build.example/run/podman.sock", "CONTAINER_HOST")
                .parse(Optional.empty(), Remote.PODMAN, List.of("-i", "key"));
        assertThat(podman.command())
                .containsSequence("-i", "key", "--", "build.example")
                .endsWith("podman '--url=unix:///run/podman.sock' system dial-stdio");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "npipe:////./pipe/docker_engine | named pipes of Windows are not supported",
                "unix://docker.sock | the path of the socket must be absolute",
                "unix:// | the path of the socket must be absolute",
                "tcp://build.example:99999 | there is no port 99999",
                "tcp://build.example/v1 | write tcp://HOST:PORT",
                "tcp://jane@build.example | write tcp://HOST:PORT",
                "ssh://jane:secret@build.example | write ssh://USER@HOST:PORT, without a password",
                "ssh://-oProxyCommand=x | write ssh://USER@HOST:PORT, without a password",
                "ssh://-x@build.example | write ssh://USER@HOST:PORT, without a password",
                "ssh://build.example?x=y | write ssh://USER@HOST:PORT, without a password",
                "https://build.example | 'https' is no way to reach an engine; write unix, tcp or ssh",
                "/run/docker.sock | write tcp://HOST:PORT",
            })
    void whatIsNoAddressIsRefused(String text, String reason) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("the address ")
                .hasMessageContaining(" of DOCKER_HOST cannot be used: " + reason)
                .hasMessageNotContaining("secret@");
    }
}
