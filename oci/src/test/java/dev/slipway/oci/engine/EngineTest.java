package dev.slipway.oci.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.engine.Engine.Patience;
import dev.slipway.oci.engine.EngineAddress.Ssh;
import dev.slipway.oci.engine.EngineAddress.UnixSocket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {

    private static final Digest ID = Digest.sha256("the config");
    private static final String LOAD = "POST /v1.41/images/load?quiet=1";
    private static final byte[] ARCHIVE = "an archive".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    private static final Patience LONG = new Patience(Duration.ofMinutes(5), Duration.ofMinutes(5));

    @TempDir
    private Path folder;

    private FakeEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = FakeEngine.at(folder.resolve("engine.sock")).image(ID.toString(), ID.toString());
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    private Engine ask(Patience patience) throws IOException {
        return Engine.ask(new EngineChoice(new UnixSocket(folder.resolve("engine.sock")), "a test"), patience);
    }

    private void load(String... names) throws IOException, InterruptedException {
        load(LONG, out -> out.write(ARCHIVE), names);
    }

    private void load(Patience patience, Engine.Archive archive, String... names)
            throws IOException, InterruptedException {
        List<ImageReference> references =
                List.of(names).stream().map(ImageReference::parse).toList();
        ask(patience).load(archive, ID, references, StepMonitor.NONE);
    }

    private String failure(String reason) {
        return "the image was not loaded into Docker Engine 20.10.24 at unix://" + folder + "/engine.sock (a test): "
                + reason;
    }

    @Test
    void anImageIsLoadedAndLookedFor() throws Exception {
        engine.image("docker.io/library/app:latest", ID.toString());

        load("app");

        assertThat(engine.archive()).isEqualTo(ARCHIVE);
        assertThat(engine.requests())
                .containsExactly(
                        "GET /_ping",
                        "GET /v1.41/info",
                        LOAD,
                        "GET /v1.41/images/" + ID + "/json",
                        "GET /v1.41/images/docker.io/library/app:latest/json");
    }

    @Test
    void theBytesThatAreSentAreCounted() throws Exception {
        List<Long> counts = new ArrayList<>();
        StepMonitor monitor = new StepMonitor() {
            @Override
            public void progress(Activity activity, String part, long current, long total) {
                assertThat(part).isEqualTo("Docker Engine 20.10.24 at unix://" + folder + "/engine.sock (a test)");
                counts.add(current);
            }
        };
        ask(LONG).load(out -> out.write(ARCHIVE), ID, List.of(), monitor);
        assertThat(counts).startsWith(0L).endsWith((long) ARCHIVE.length);
    }

    @Test
    void anEngineSaysWhatItIs() throws Exception {
        assertThat(ask(LONG).info())
                .isEqualTo(new EngineInfo("Docker Engine 20.10.24", Platform.parse("linux/amd64"), false));
        engine.info(FakeEngine.CONTAINERD);
        assertThat(ask(LONG).info().keepsIndexes()).isTrue();
        String podman =
                "{\"ServerVersion\":\"4.3.1\",\"OSType\":\"linux\",\"Architecture\":\"arm64\",\"DriverStatus\":[]}";
        engine.on(
                "GET /v1.41/info",
                (in, out) -> FakeEngine.say(
                        out, "200 OK", "Libpod-Api-Version: 4.3.1\r\n" + FakeEngine.length(podman), podman));
        assertThat(ask(LONG).info()).isEqualTo(new EngineInfo("Podman 4.3.1", Platform.parse("linux/arm64"), false));
    }

    @Test
    void anErrorInTheAnswerIsTheReason() {
        engine.on(LOAD, (in, out) -> {
            FakeEngine.body(in);
            FakeEngine.sayChunked(
                    out,
                    "{\"stream\":\"a\"}\r\n{\"errorDetail\":{\"message\":\"no space",
                    " left on device\"},\"error\":\"x\"}\r\n{\"stream\":\"b\"}\r\n");
        });
        assertThatThrownBy(this::load)
                .isInstanceOf(EngineException.class)
                .hasMessage(failure("no space left on device"));
    }

    @Test
    void anEngineThatGoesAwayInTheMiddleIsNamed() {
        engine.on(LOAD, (in, out) -> in.readNBytes(1000));
        Engine.Archive endless = out -> {
            while (true) {
                out.write(ARCHIVE);
            }
        };
        assertThatThrownBy(() -> load(LONG, endless))
                .isInstanceOf(EngineException.class)
                .hasMessage(failure("the connection was closed before all was sent"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n16\r\n{\"stream\":\"Loaded i",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n16\r\n{\"stream\":\"Loaded it\"}\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 23\r\n\r\n{\"stream\":\"Loaded it\"}"
            })
    void anAnswerThatIsCutOffIsNoSuccess(String answer) {
        engine.on(LOAD, (in, out) -> {
            FakeEngine.body(in);
            out.write(answer.getBytes(StandardCharsets.UTF_8));
        });
        assertThatThrownBy(this::load)
                .isInstanceOf(EngineException.class)
                .hasMessageMatching("(?s)" + Pattern.quote(failure(""))
                        + "(the answer ended in the middle|the connection was closed without an answer)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 200 OK\r\nnothing\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<html"
            })
    void whatIsNoAnswerOfAnEngineIsRefused(String answer) {
        engine.on(LOAD, (in, out) -> {
            FakeEngine.body(in);
            out.write(answer.getBytes(StandardCharsets.UTF_8));
        });
        assertThatThrownBy(this::load).isInstanceOf(EngineException.class).hasMessageStartingWith(failure(""));
    }

    @Test
    void anEngineMayRefuseBeforeItHasReadAll() {
        engine.on(LOAD, (in, out) -> {
            FakeEngine.say(out, "403 Forbidden", "", "{\"message\":\"authorization denied by plugin\"}\n");
        });
        Engine.Archive endless = out -> {
            while (true) {
                out.write(ARCHIVE);
            }
        };
        assertThatThrownBy(() -> load(LONG, endless))
                .isInstanceOf(EngineException.class)
                .hasMessage(failure("authorization denied by plugin"));
    }

    @Test
    void anArchiveThatCannotBeReadIsNeverEnded() {
        CompletableFuture<String> end = new CompletableFuture<>();
        engine.on(LOAD, (in, out) -> {
            try {
                FakeEngine.body(in);
                end.complete("whole");
            } catch (IOException e) {
                end.complete("cut off");
                throw e;
            }
        });
        IOException damaged = new IOException("the layer is damaged");
        assertThatThrownBy(() -> load(LONG, out -> {
                    out.write(ARCHIVE);
                    throw damaged;
                }))
                .isSameAs(damaged);
        assertThat(end).succeedsWithin(Duration.ofSeconds(60)).isEqualTo("cut off");
    }

    @Test
    void anImageThatIsNotThereAfterwardsIsNotLoaded() {
        assertThatThrownBy(() -> load("app:1"))
                .hasMessage(failure("it has no image docker.io/library/app:1 afterwards"));
        engine.image("docker.io/library/app:1", "sha256:other");
        assertThatThrownBy(() -> load("app:1"))
                .hasMessage(failure("docker.io/library/app:1 is sha256:other there, not " + ID));
    }

    @Test
    void anEngineThatSaysNothingIsGivenUp() {
        CountDownLatch end = new CountDownLatch(1);
        Engine.Archive archive = out -> out.write(ARCHIVE);
        Patience shortOne = new Patience(Duration.ofMinutes(5), Duration.ofMillis(1));
        engine.on(LOAD, (in, out) -> silent(in, end));
        assertThatThrownBy(() -> load(shortOne, archive)).hasMessage(failure("nothing moved for 0 seconds"));

        engine.on("GET /_ping", (in, out) -> silent(in, end));
        assertThatThrownBy(() -> ask(new Patience(Duration.ofMillis(1), Duration.ofMinutes(5))))
                .hasMessageStartingWith("the engine at unix://" + folder
                        + "/engine.sock (a test) does not answer: nothing moved for 0 seconds; start it");
        end.countDown();
    }

    private static void silent(InputStream in, CountDownLatch end) throws IOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aLoadStopsWhenItsThreadIsInterrupted() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        engine.on(LOAD, (in, out) -> {
            arrived.countDown();
            silent(in, end);
        });
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread loader = new Thread(() -> {
            try {
                load();
            } catch (IOException | InterruptedException e) {
                interrupted.complete(e instanceof InterruptedException
                        || Thread.currentThread().isInterrupted());
            }
        });
        loader.start();
        assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
        loader.interrupt();
        assertThat(interrupted).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(true);
        end.countDown();
    }

    @Test
    void whereNobodyListensThereIsNoEngine() {
        EngineChoice choice = new EngineChoice(new UnixSocket(folder.resolve("none.sock")), "DOCKER_HOST");
        assertThatThrownBy(() -> Engine.ask(choice, LONG))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith(
                        "the engine at unix://" + folder + "/none.sock (DOCKER_HOST) does not answer: ");
    }

    @Test
    void whatSshSaysIsTheReason() {
        Ssh address = new Ssh(
                "ssh://build.example",
                List.of("sh", "-c", "echo 'jane@build: Permission denied (publickey).' >&2; exit 255"));
        assertThatThrownBy(() -> Engine.ask(new EngineChoice(address, "DOCKER_HOST"), LONG))
                .hasMessageStartingWith("the engine at ssh://build.example (DOCKER_HOST) does not answer: jane@build:"
                        + " Permission denied (publickey).; start it");
    }

    @Test
    void aProgramThatIsMissingIsNamed() {
        Ssh address =
                new Ssh("ssh://build.example", List.of(folder.resolve("ssh").toString()));
        assertThatThrownBy(() -> Engine.ask(new EngineChoice(address, "DOCKER_HOST"), LONG))
                .hasMessageContaining("does not answer: " + folder.resolve("ssh") + " could not be started: ");
    }
}
