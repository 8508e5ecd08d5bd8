package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.SlipwayProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command and a real registry that has a certificate of its own, wants one of its users and asks for a login: all that it needs to
 * get in lies in the folders where users of other tools keep it.
 */
@Tag("end-to-end")
class ProtectedPushTest {

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private LoopbackCertificates certificates;
    private LoopbackRegistry registry;
    private Path context;

    @BeforeEach
    void start() throws Exception {
        certificates = LoopbackCertificates.make(Files.createDirectory(folder.resolve("certificates")));
        registry = LoopbackRegistry.startWithLogin(Files.createDirectory(folder.resolve("registry")), certificates);
        context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY file /\n");
        Files.writeString(context.resolve("file"), "content");
        Path config = Files.writeString(
                folder.resolve("config.json"),
                "{\"registries\": {\"%s\": {\"plain-http\": false}}}".formatted(registry.host()));
        environment.put("SLIPWAY_CONFIG", config.toString());
        environment.put("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
        environment.put("DOCKER_CONFIG", folder.resolve("docker").toString());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void login() throws IOException {
        String login = Base64.getEncoder().encodeToString((LoopbackRegistry.USER + ":secret").getBytes());
        Files.createDirectories(folder.resolve("docker"));
        Files.writeString(
                folder.resolve("docker/config.json"),
                "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(registry.host(), login));
    }

    private void give(Path from, String name) throws IOException {
        Path to = folder.resolve("xdg/containers/certs.d").resolve(registry.host());
        Files.createDirectories(to);
        Files.copy(from, to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private Outcome slipway(String... arguments) throws Exception {
        return SlipwayProcess.run(folder.resolve("home"), new byte[0], environment, arguments);
    }

    private Outcome push() throws Exception {
        return slipway("build", "-t", image(), "--push", context.toString());
    }

    private String image() {
        return registry.host() + "/team/app:1";
    }

    @Test
    void anImageIsPushedAndReadBackOnceCertificatesAndLoginAreInTheirPlaces() throws Exception {
        Outcome untrusted = push();
        assertThat(untrusted.exitCode()).isOne();
        assertThat(untrusted.err()).contains(registry.host()).contains("certs.d");

        give(certificates.authority(), "ca.crt");
        Outcome withoutCertificate = push();
        assertThat(withoutCertificate.exitCode()).isOne();
        assertThat(withoutCertificate.err()).contains(registry.host()).contains("certificate");

        give(certificates.certificate(), "client.cert");
        give(certificates.key(), "client.key");
        Outcome withoutLogin = push();
        assertThat(withoutLogin.exitCode()).isOne();
        assertThat(withoutLogin.err()).contains(registry.host()).contains("log in");

        login();
        Outcome pushed = push();
        assertThat(pushed.exitCode()).as(pushed.err()).isZero();

        Outcome inspected = slipway("image", "inspect", image());
        assertThat(inspected.exitCode()).as(inspected.err()).isZero();
        assertThat(inspected.out()).contains(pushed.out().strip());

        Outcome copied = slipway("image", "copy", image(), registry.host() + "/team/copy:1");
        assertThat(copied.exitCode()).as(copied.err()).isZero();
        Files.writeString(
                context.resolve("Dockerfile"), "FROM " + registry.host() + "/team/copy:1\nCOPY file /again\n");
        Outcome upon = slipway("build", "-o", folder.resolve("out").toString(), context.toString());
        assertThat(upon.exitCode()).as(upon.err()).isZero();
        assertThat(folder.resolve("out/file")).hasSameTextualContentAs(folder.resolve("out/again"));
    }
}
