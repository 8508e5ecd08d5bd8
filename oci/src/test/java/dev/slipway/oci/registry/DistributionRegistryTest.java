package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.Credential;
import dev.slipway.executor.CredentialSource;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Processes;
import dev.slipway.oci.image.ImageLayer;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.image.TestImages;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real registry: the program of the distribution's package docker-registry. */
@Tag("end-to-end")
class DistributionRegistryTest {

    private static final RegistryClient CLIENT =
            new RegistryClient(RegistrySettings.anonymous(), new Backoff(Duration.ofMillis(10)));

    @TempDir
    Path temp;

    private final TestImages images = new TestImages();
    private Process process;
    private String host;

    private void start(String... settings) throws IOException, InterruptedException {
        Optional<Path> program = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "docker-registry"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "the package docker-registry is not installed");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        host = "127.0.0.1:" + port;
        Path config = temp.resolve("config.yml");
        Files.writeString(config, """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: %s}
                %s
                """.formatted(temp.resolve("storage"), host, String.join("\n", settings)));
        process = new ProcessBuilder(program.get().toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("log").toFile())
                .start();
        while (process.isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the registry does not start: " + Files.readString(temp.resolve("log")));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private ImageReference reference(String name) {
        return ImageReference.parse(host + "/" + name);
    }

    @Test
    void anImageGoesInAndComesOut() throws Exception {
        start();
        Descriptor root = images.index("linux/amd64", "linux/arm64");
        ImageReference target = reference("team/app:1");

        CLIENT.push(Push.of(target, root, images), StepMonitor.NONE);

        assertThat(CLIENT.resolve(target)).isEqualTo(root);
        assertThat(CLIENT.resolve(target.withDigest(root.digest()))).isEqualTo(root);
        assertThat(ImageValidator.problems(root, CLIENT.blobs(target))).isEmpty();
        List<String> raw =
                Processes.lines(List.of("skopeo", "inspect", "--tls-verify=false", "--raw", "docker://" + target));
        assertThat(Digest.sha256(String.join("\n", raw))).isEqualTo(root.digest());
    }

    @Test
    void layersAreMountedFromAnotherRepository() throws Exception {
        start();
        Descriptor base = images.image("linux/amd64").descriptor();
        ImageReference from = reference("base:1");
        ImageReference target = reference("team/app:1");
        CLIENT.push(Push.of(from, base, images), StepMonitor.NONE);
        Image image = Image.read(base, images);
        Map<Digest, ImageReference> origins = Map.of(
                image.manifest().layers().get(0).digest(), from,
                image.manifest().layers().get(1).digest(), from);

        Push push = new Push(
                target,
                base,
                blob -> {
                    if (MediaTypes.isLayer(blob.mediaType())) {
                        throw new IOException("layers need not be sent");
                    }
                    return images.open(blob);
                },
                origins);
        CLIENT.push(push, StepMonitor.NONE);

        assertThat(ImageValidator.problems(base, CLIENT.blobs(target))).isEmpty();
    }

    @Test
    void aLargeBlobIsReadFromTheMiddle() throws Exception {
        start();
        StringBuilder content = new StringBuilder();
        Random random = new Random(3);
        for (int i = 0; i < 500_000; i++) {
            content.append(Long.toString(random.nextLong(), 36));
        }
        ImageLayer layer = images.layer("big", content.toString(), Compression.NONE);
        Descriptor root = images.imageOf("linux/amd64", List.of(layer)).descriptor();
        ImageReference target = reference("big:1");
        CLIENT.push(Push.of(target, root, images), StepMonitor.NONE);

        RegistryHost registry = RegistryHost.of(host, Set.of());
        HttpSender sender = new HttpSender();
        Connection connection =
                new Connection(registry, "big", sender, new Authorizer(sender, CredentialSource.NONE), Backoff.SECONDS);
        try (InputStream rest = new BlobEndpoint(connection).open(layer.descriptor(), 4_000_000, "big")) {
            assertThat(rest.readAllBytes()).hasSize((int) layer.descriptor().size() - 4_000_000);
        }
        assertThat(ImageValidator.problems(root, CLIENT.blobs(target))).isEmpty();
    }

    @Test
    void usersGetInWithTheirPassword() throws Exception {
        Path passwords = temp.resolve("htpasswd");
        // bcrypt of "secret", cost 4
        Files.writeString(passwords, "jane:$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW\n");
        start("auth: {htpasswd: {realm: here, path: " + passwords + "}}");
        ImageReference target = reference("app:1");
        Descriptor root = images.image("linux/amd64").descriptor();

        CredentialSource jane = registry -> Optional.of(new Credential("jane", "secret", false));
        RegistryClient client = new RegistryClient(RegistrySettings.anonymous().withCredentials(jane));
        client.push(Push.of(target, root, images), StepMonitor.NONE);

        assertThat(client.resolve(target).digest()).isEqualTo(root.digest());
        assertThatThrownBy(() -> CLIENT.resolve(target))
                .hasMessageStartingWith(target + ": access is denied; if it exists, log in with docker login " + host);
    }
}
