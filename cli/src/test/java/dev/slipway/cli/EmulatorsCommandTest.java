package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.oci.registry.Push;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistrySettings;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Installs emulators out of an image like {@code tonistiigi/binfmt}, with the real command. Whatever is registered is registered
 * in a binfmt_misc instance of the test's own, so that the machine stays as it is.
 */
@Tag("end-to-end")
class EmulatorsCommandTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");
    private static final Path HANDLERS = Path.of("/proc/sys/fs/binfmt_misc");
    private static final String OWN_HANDLERS = "mount -t binfmt_misc binfmt_misc " + HANDLERS;

    @TempDir
    private Path folder;

    private Path home;
    private Path image;
    private String foreign;

    @BeforeEach
    void makeAnImageOfEmulators() throws Exception {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        foreign = arm ? "x86_64" : "aarch64";
        Path emulator = Path.of("/usr/bin/qemu-" + foreign + "-static");
        assumeTrue(Files.exists(emulator), "needs qemu-user-static");
        home = folder.resolve("home");
        image = folder.resolve("emulators");
        Path context = Files.createDirectory(folder.resolve("context"));
        Files.copy(emulator, context.resolve("qemu-" + foreign));
        Files.writeString(context.resolve("qemu-s390x"), "#!/bin/sh\n");
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY qemu-* /usr/bin/\n");
        try (Slipway slipway = Slipway.open(folder.resolve("other-home"))) {
            slipway.build(BuildRequest.of(context).output(Output.ociLayout(image)), Progress.none());
        }
    }

    @Test
    void anEmulatorOfAnImageIsRegisteredAndRunsProgramsUntilItIsRemoved() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        assumeTrue(inOwnNamespace(OWN_HANDLERS).exitCode() == 0, "needs Linux 6.7 and user namespaces");
        Path alpine = foreignFiles();
        Map<String, String> before = handlers();

        String run = "chroot " + alpine + " /bin/busybox uname -m 2>&1 || echo refused";
        Outcome outcome = inOwnNamespace(String.join(
                "\n",
                OWN_HANDLERS,
                run,
                slipway("emulators", "install", platform(), "--from", "oci-layout://" + image),
                run,
                slipway("emulators", "uninstall", platform()),
                run));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output().lines().filter(line -> !line.startsWith("chroot: ")))
                .containsExactly(
                        "refused",
                        "linux/" + platform() + "  emulated by qemu-" + foreign + ", registered for this machine",
                        foreign,
                        "removed linux/" + platform(),
                        "refused");
        assertThat(handlers()).isEqualTo(before);
    }

    @Test
    void whoMayNotRegisterKeepsTheEmulatorForStepsThatRegisterItThemselves() throws Exception {
        assumeTrue(inOwnNamespace(OWN_HANDLERS).exitCode() == 0, "needs Linux 6.7 and user namespaces");
        try (LoopbackRegistry registry = LoopbackRegistry.start(folder)) {
            ImageReference reference = ImageReference.parse(registry.host() + "/tools/binfmt:latest");
            OciLayout layout = OciLayout.open(image);
            new RegistryClient(RegistrySettings.anonymous())
                    .push(Push.of(reference, layout.index().manifests().get(0), layout), StepMonitor.NONE);

            Outcome outcome = inOwnNamespace(String.join(
                    "\n",
                    OWN_HANDLERS,
                    "mount -o remount,bind,ro " + HANDLERS,
                    slipway(
                            "emulators",
                            "install",
                            platform(),
                            "--from",
                            registry.host() + "/tools/binfmt",
                            "--format",
                            "json")));

            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
            Path kept = home.resolve("v1/machine/qemu-" + foreign);
            assertThat(kept).isExecutable();
            JsonNode status = new ObjectMapper().readTree(outcome.output()).get(0);
            assertThat(status.get("way").asText()).isEqualTo("private");
            assertThat(status.get("file").asText()).isEqualTo(kept.toString());
        }
    }

    @Test
    void theListSaysOfEachPlatformHowItRuns() throws Exception {
        SlipwayProcess.Outcome outcome = InProcess.run("emulators", "--format", "json");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode list = new ObjectMapper().readTree(outcome.out());
        Map<String, String> ways = new TreeMap<>();
        list.forEach(entry ->
                ways.put(entry.get("platform").asText(), entry.get("way").asText()));
        String own = System.getProperty("os.arch").equals("aarch64") ? "linux/arm64" : "linux/amd64";
        assertThat(ways)
                .containsEntry(own, "native")
                .containsKeys("linux/" + platform(), "linux/s390x", "linux/arm/v7");
        list.forEach(entry -> {
            switch (entry.get("way").asText()) {
                case "native" -> assertThat(entry.has("emulator")).isFalse();
                case "registered" -> assertThat(entry.get("emulator").asText()).isNotEmpty();
                case "private" ->
                    assertThat(Path.of(entry.get("file").asText())).isExecutable();
                default -> assertThat(entry.get("problem").asText()).contains("binfmt_misc");
            }
        });
    }

    @Test
    void whatCannotBeInstalledIsRefusedWithTheReason() throws Exception {
        assertRefused(
                "the image oci-layout://" + image + " has no emulator for linux/mips64le: no file"
                        + " /usr/bin/qemu-mips64el",
                "mips64le",
                "--from",
                "oci-layout://" + image);
        assertRefused(
                "qemu-s390x of the image oci-layout://" + image + " is not a static program for",
                "s390x",
                "--from",
                "oci-layout://" + image);
        assertRefused("no emulator is known for linux/sparc64", "sparc64");
        assertRefused("is not an image", "arm64", "--from", "A B");
        SlipwayProcess.Outcome nothing = InProcess.run("emulators", "install");
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("PLATFORM");
    }

    private void assertRefused(String message, String... arguments) throws Exception {
        List<String> all = Stream.concat(Stream.of("emulators", "install"), Stream.of(arguments))
                .toList();
        SlipwayProcess.Outcome outcome = InProcess.run(all.toArray(String[]::new));
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("ERROR: ").contains(message);
    }

    private String platform() {
        return foreign.equals("aarch64") ? "arm64" : "amd64";
    }

    /** The files of a base image for the foreign platform; making them runs nothing. */
    private Path foreignFiles() throws Exception {
        Path context = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(context.resolve("Dockerfile"), "FROM alpine\n");
        Path files = folder.resolve("files");
        try (Slipway slipway = Slipway.open(folder.resolve("other-home"))) {
            slipway.build(
                    BuildRequest.of(context)
                            .platforms("linux/" + platform())
                            .buildContext("alpine", "oci-layout://" + ALPINE)
                            .output(Output.localDirectory(files)),
                    Progress.none());
        }
        return files;
    }

    private static Map<String, String> handlers() throws IOException {
        try (Stream<Path> files = Files.list(HANDLERS)) {
            Map<String, String> texts = new TreeMap<>();
            for (Path file : files.filter(file -> !file.endsWith("register")).toList()) {
                texts.put(file.toString(), Files.readString(file));
            }
            return texts;
        }
    }

    private record Outcome(int exitCode, String output) {}

    private static String slipway(String... arguments) {
        return "slipway " + String.join(" ", arguments);
    }

    /** Runs commands as root of a user namespace and a mount namespace of their own. */
    private Outcome inOwnNamespace(String commands) throws IOException, InterruptedException {
        String slipway = Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.slipway.cli.Main")
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Process process = new ProcessBuilder(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--mount",
                        "sh",
                        "-euc",
                        "slipway() { SLIPWAY_HOME='" + home + "' " + slipway + " \"$@\"; }\n" + commands)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
