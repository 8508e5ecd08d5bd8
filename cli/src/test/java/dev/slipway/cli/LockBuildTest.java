package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.PullPolicy;
import dev.slipway.Slipway;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.lock.Lock;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.oci.registry.Push;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistrySettings;
import dev.slipway.progress.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks builds from a real registry, a repository and a web server on loopback, and builds with the lock while these change. */
@Tag("end-to-end")
class LockBuildTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path IMAGES = Path.of(
            System.getProperty("slipway.images", ROOT.resolve("target/images").toString()));
    private static final Path ALPINE = IMAGES.resolve("alpine");
    private static final Path OTHER = IMAGES.resolve("reference-base");

    @TempDir
    private Path folder;

    private LoopbackRegistry registry;
    private ImageReference reference;
    private WebServer web;
    private GitServer git;
    private Path context;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        registry = LoopbackRegistry.start(folder);
        reference = ImageReference.parse(registry.host() + "/library/alpine:3");
        push(ALPINE);
        web = WebServer.start();
        Path repository = Files.createDirectory(folder.resolve("repository"));
        Files.writeString(repository.resolve("source.c"), "main");
        git = GitServer.start(ROOT, repository, "r", "v1");
        context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), """
                FROM %s
                ADD %s /file
                ADD %s#main /source
                RUN cat /file /source/source.c > /both
                """.formatted(
                        reference, web.serve("dated-file", text("file ")), git.address()));
    }

    @AfterEach
    void stop() {
        if (registry != null) {
            registry.close();
            web.close();
            git.close();
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void push(Path layout) throws Exception {
        try (OciLayout images = OciLayout.open(layout)) {
            new RegistryClient(RegistrySettings.anonymous())
                    .push(Push.of(reference, images.index().manifests().get(0), images), StepMonitor.NONE);
        }
    }

    private BuildRequest request() {
        return BuildRequest.of(context).platforms("linux/amd64", "linux/arm64").buildArg("SOURCE_DATE_EPOCH", "1");
    }

    private Slipway open(String store) {
        return Slipway.open(folder.resolve(store));
    }

    private Digest build(Slipway slipway, BuildRequest request, String name) throws Exception {
        Path files = folder.resolve(name);
        Digest digest = slipway.build(
                        request.output(Output.localDirectory(files))
                                .output(Output.ociLayout(folder.resolve(name + "-image"))
                                        .with("rewrite-timestamp", "true")),
                        Progress.none())
                .digest();
        assertThat(files.resolve("linux_arm64/both")).hasContent("file main");
        assertThat(files.resolve("linux_amd64/both")).hasContent("file main");
        return digest;
    }

    @Test
    void aTagThatMovesStopsALockedBuildAndNotOneThatIsOffline() throws Exception {
        try (Slipway slipway = open("home")) {
            Lock lock = slipway.lock(request());
            assertThat(lock.images().get(reference.toString()).platforms())
                    .containsOnlyKeys("linux/amd64", "linux/arm64");
            assertThat(lock.repositories()).hasSize(1);
            assertThat(lock.urls()).containsOnlyKeys(web.url("dated-file"));
            Digest before = build(slipway, request().locked(lock), "before");
            Digest locked = lock.images().get(reference.toString()).digest();

            push(OTHER);
            Digest moved =
                    slipway.lock(request()).images().get(reference.toString()).digest();
            assertThat(moved).isNotEqualTo(locked);
            assertThatThrownBy(() -> slipway.build(request().locked(lock), Progress.none()))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("line 1: " + reference + " for linux/arm64 is " + moved + " now, and "
                            + locked + " in the lock")
                    .hasMessageContaining("run slipway lock")
                    .satisfies(failure ->
                            assertThat(((BuildException) failure).locations()).isNotEmpty());

            stop();
            assertThat(build(slipway, request().locked(lock).offline(), "after"))
                    .isEqualTo(before);
            assertThat(slipway.plan(request().locked(lock).offline()).steps()).isNotEmpty();
        }
    }

    @Test
    void aFileOrABranchThatChangesStopsALockedBuild() throws Exception {
        try (Slipway slipway = open("home")) {
            Lock lock = slipway.lock(request());
            web.serve("dated-file", text("another"));
            assertThatThrownBy(() -> slipway.build(request().locked(lock), Progress.none()))
                    .hasMessageContaining(
                            "line 2: " + web.url("dated-file") + " is " + Digest.sha256("another") + " now");
            Lock other = new Lock(
                    lock.dockerfile(),
                    lock.targets(),
                    lock.platforms(),
                    lock.frontends(),
                    lock.images(),
                    new TreeMap<>(Map.of(lock.repositories().firstKey(), "0123456789012345678901234567890123456789")),
                    slipway.lock(request()).urls());
            assertThatThrownBy(() -> slipway.build(request().locked(other), Progress.none()))
                    .hasMessageContaining("line 3: " + lock.repositories().firstKey() + " is ")
                    .hasMessageContaining("0123456789012345678901234567890123456789 in the lock");
        }
    }

    @Test
    void whatIsNotInTheLockStopsALockedBuild() throws Exception {
        try (Slipway slipway = open("home")) {
            Lock lock = slipway.lock(BuildRequest.of(context).platforms("linux/amd64"));
            assertThatThrownBy(() -> slipway.build(request().locked(lock), Progress.none()))
                    .hasMessageContaining(reference + " for linux/arm64 is not in the lock, but only for linux/amd64");
            Lock empty = slipway.lock(request().dockerfileText("FROM scratch\nCOPY Dockerfile /\n"));
            assertThatThrownBy(() -> slipway.build(request().locked(empty), Progress.none()))
                    .hasMessageContaining("line 1: " + reference + " for linux/amd64 is not in the lock\n")
                    .hasMessageContaining("line 2: " + web.url("dated-file") + " is not in the lock\n")
                    .hasMessageContaining("line 3: git://")
                    .hasMessageContaining("run slipway lock");
        }
    }

    @Test
    void allThatIsMissingOfflineIsSaidAtOnce() throws Exception {
        Files.writeString(
                context.resolve("Dockerfile"),
                "COPY --from=" + registry.host() + "/tools:1 /bin/a /\n",
                StandardOpenOption.APPEND);
        stop();
        try (Slipway slipway = open("empty")) {
            assertThatThrownBy(() -> slipway.build(request().offline(), Progress.none()))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("line 1: " + reference + " for linux/amd64: it is not in the store\n")
                    .hasMessageContaining("line 1: " + reference + " for linux/arm64: it is not in the store\n")
                    .hasMessageContaining("line 2: " + web.url("dated-file") + ": it is not in the store\n")
                    .hasMessageContaining("line 3: git://")
                    .hasMessageContaining("which commit it is now nobody may be asked\n")
                    .hasMessageContaining("/tools:1 for linux/amd64: it is not in the store\n")
                    .hasMessageContaining("/tools:1 for linux/arm64: it is not in the store\n");
        }
    }

    @Test
    void aStepOfAnOfflineBuildHasNoNetwork() throws Exception {
        BuildRequest step = BuildRequest.of(context)
                .platforms("linux/amd64")
                .dockerfileText("FROM " + reference + "\nRUN ! wget -q -O- " + web.url("dated-file") + "\n");
        try (Slipway slipway = open("home")) {
            assertThatThrownBy(() -> slipway.build(step, Progress.none())).hasMessageContaining("exit code");
            assertThat(slipway.build(step.offline(), Progress.none()).images()).hasSize(1);
        }
    }

    /**
     * In a network namespace where nobody could answer, and watched. The JDK itself makes a socket of each kind, uses it for nothing and
     * closes it, to find out whether there is IPv4 and IPv6.
     */
    @Test
    void anOfflineBuildTalksToNobody() throws Exception {
        Path dockerfile = context.resolve("Dockerfile");
        Files.writeString(dockerfile, Files.readString(dockerfile).replaceAll("RUN .*", "COPY Dockerfile /copied"));
        Path home = folder.resolve("home");
        try (Slipway slipway = Slipway.open(home)) {
            slipway.lock(request()).write(context.resolve(Lock.NAME));
            slipway.build(request(), Progress.none());
        }
        Path trace = folder.resolve("trace");
        List<String> command = new ArrayList<>(
                List.of("strace", "-f", "-qq", "-e", "trace=network", "-o", trace.toString(), "unshare", "--net"));
        command.addAll(SlipwayProcess.command(
                "build",
                "--offline",
                "--platform",
                "linux/amd64,linux/arm64",
                "--build-arg",
                "SOURCE_DATE_EPOCH=1",
                "-o",
                folder.resolve("out").toString(),
                context.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SLIPWAY_HOME", home.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(folder.resolve("out/linux_arm64/source/source.c")).hasContent("main");
        assertThat(Files.readAllLines(trace))
                .filteredOn(line -> line.contains("AF_INET") || line.contains("AF_NETLINK"))
                .allMatch(line -> line.contains(" socket(AF_INET") && line.contains("IPPROTO_IP) = "))
                .hasSizeLessThan(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bundle", "bundle.tar"})
    void aBundleIsAllThatABuildWithoutANetworkNeeds(String name) throws Exception {
        Path bundle = folder.resolve(name);
        Digest online;
        Lock lock;
        try (Slipway slipway = open("home")) {
            online = build(slipway, request(), "online");
            lock = slipway.bundle(request(), bundle);
        }
        stop();
        try (Slipway slipway = open("empty")) {
            assertThat(build(slipway, request().offline().bundle(bundle), "offline"))
                    .isEqualTo(online);
            assertThat(build(slipway, request().offline().bundle(bundle).locked(lock), "locked"))
                    .isEqualTo(online);
            assertThatThrownBy(() -> slipway.build(
                            request().offline().bundle(bundle).dockerfileText("FROM busybox\nCOPY Dockerfile /\n"),
                            Progress.none()))
                    .hasMessageContaining("docker.io/library/busybox:latest for linux/arm64 is not in the lock");
        }
    }

    @Test
    void whoPullsOnlyWhatIsMissingKeepsTheImageThatTheStoreHas() throws Exception {
        BuildRequest missing = request().pull(PullPolicy.MISSING);
        BuildRequest never = request().pull(PullPolicy.NEVER);
        try (Slipway slipway = open("home")) {
            assertThatThrownBy(() -> slipway.build(never, Progress.none()))
                    .hasMessageContaining(reference + " for linux/amd64: it is not in the store");
            Digest before = build(slipway, missing, "before");
            push(OTHER);
            assertThat(build(slipway, missing, "missing")).isEqualTo(before);
            assertThat(build(slipway, never, "never")).isEqualTo(before);
        }
    }
}
