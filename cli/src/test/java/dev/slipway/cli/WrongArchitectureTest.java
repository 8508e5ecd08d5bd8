package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.WrongArchitecture;
import dev.slipway.executor.Output;
import dev.slipway.executor.ProgramFile;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.foreign.ForeignPrograms;
import dev.slipway.llb.Digest;
import dev.slipway.local.store.folder.SealedText;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds that put programs into images whose platforms do not run them. */
@Tag("end-to-end")
class WrongArchitectureTest {

    private static final int AMD64 = 62;
    private static final int ARM64 = 183;
    private static final int BPF = 247;
    private static final String ADVICE = "; build for $TARGETPLATFORM, or copy from a stage of that platform";

    @TempDir
    private Path folder;

    private Path context;
    private Slipway slipway;

    @BeforeEach
    void setUp() throws IOException {
        context = Files.createDirectory(folder.resolve("context"));
        program("app", ARM64, 2);
        slipway = Slipway.open(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    @Test
    void theFileAndTheStepAreNamedEvenIfAllIsCached() throws Exception {
        dockerfile("FROM scratch", "COPY app /usr/bin/app");
        for (int i = 0; i < 2; i++) {
            List<BuildEvent> events = new ArrayList<>();
            BuildResult result = slipway.build(request("linux/amd64"), events::add);
            String message = "/usr/bin/app is for linux/arm64, but the image is for linux/amd64; put there by"
                    + " [1/1] COPY app /usr/bin/app (Dockerfile:2)" + ADVICE;
            assertThat(messages(result)).containsExactly(message);
            assertThat(events)
                    .filteredOn(BuildEvent.Warned.class::isInstance)
                    .extracting(event -> ((BuildEvent.Warned) event).message())
                    .containsExactly(message);
        }
        assertThat(slipway.build(request("linux/arm64"), Progress.none()).foreignPrograms())
                .isEmpty();
    }

    @Test
    void aFileOfAnotherStageIsFollowedToItsOrigin() throws Exception {
        dockerfile(
                "FROM scratch AS build",
                "COPY app /out/app",
                "FROM scratch AS middle",
                "COPY --from=build /out /middle",
                "FROM scratch",
                "COPY --from=middle /middle /usr/bin",
                "COPY Dockerfile /");
        BuildResult result = slipway.build(request("linux/amd64"), Progress.none());
        assertThat(messages(result))
                .containsExactly("/usr/bin/app is for linux/arm64, but the image is for linux/amd64; put there by"
                        + " [stage-2 1/2] COPY --from=middle /middle /usr/bin (Dockerfile:6), taken from"
                        + " [build 1/1] COPY app /out/app (Dockerfile:2)" + ADVICE);
        assertThat(messages(slipway.build(request("linux/amd64"), Progress.none())))
                .isEqualTo(messages(result));
    }

    @Test
    void linkedCopiesAreFollowedToo() throws Exception {
        dockerfile(
                "FROM scratch",
                "COPY --link Dockerfile /",
                "COPY --link app /usr/bin/app",
                "COPY --link app /lib/x.so");
        BuildResult result = slipway.build(request("linux/amd64"), Progress.none());
        assertThat(result.foreignPrograms())
                .extracting(
                        programs -> programs.locations().get(0).ranges().get(0).startLine())
                .containsExactly(3, 4);
    }

    @Test
    void aFinalStageOnTheBuildPlatformIsFoundForTheOtherPlatforms() throws Exception {
        program("amd", AMD64, 2);
        dockerfile("FROM --platform=$BUILDPLATFORM scratch", "COPY amd /usr/bin/app");
        BuildResult result = slipway.build(request("linux/amd64", "linux/arm64"), Progress.none());
        assertThat(result.foreignPrograms())
                .extracting(programs -> programs.platform().format())
                .containsExactly("linux/arm64");
        assertThat(messages(result).get(0))
                .startsWith("/usr/bin/app is for linux/amd64, but the image is for linux/arm64;");
    }

    @Test
    void programsOfOneStepStandInOneMessage() throws Exception {
        for (String name : List.of("b", "c", "d", "e")) {
            program(name, ARM64, 3);
        }
        dockerfile("FROM scratch", "COPY app b c d e /bin/");
        assertThat(messages(slipway.build(request("linux/amd64"), Progress.none())))
                .singleElement()
                .asString()
                .startsWith(
                        "/bin/app, /bin/b, /bin/c and 2 more files are for linux/arm64, but the image is for linux/amd64;");
    }

    @Test
    void whatIsReplacedOrMeantOrNoProgramIsNoMistake() throws Exception {
        program("amd", AMD64, 2);
        program("object.so", ARM64, 1);
        program("bpf", BPF, 2);
        program("intel32", 3, 2);
        dockerfile(
                "FROM scratch",
                "COPY app /usr/bin/app",
                "COPY amd /usr/bin/app",
                "COPY object.so bpf intel32 /usr/bin/",
                "COPY app /usr/aarch64-linux-gnu/bin/app");
        assertThat(slipway.build(request("linux/amd64"), Progress.none()).foreignPrograms())
                .isEmpty();
    }

    @Test
    void aProgramThatNobodyMayExecuteYetIsToldOfToo() throws Exception {
        program("app", ARM64, 2);
        Files.setPosixFilePermissions(context.resolve("app"), PosixFilePermissions.fromString("rw-r--r--"));
        dockerfile("FROM scratch", "COPY app /usr/bin/app");
        assertThat(messages(slipway.build(request("linux/amd64"), Progress.none())))
                .singleElement()
                .asString()
                .startsWith("/usr/bin/app is for linux/arm64, but the image is for linux/amd64;");
    }

    @Test
    void aStepThatRunsAProcessIsFollowedAsWell() throws Exception {
        Path alpine = Path.of(System.getProperty(
                        "slipway.images",
                        Path.of(System.getProperty("slipway.root", ".."))
                                .resolve("target/images")
                                .toString()))
                .resolve("alpine");
        assumeTrue(Files.isDirectory(alpine), "no base image at " + alpine + "; testdata/base-images makes it");
        dockerfile("FROM alpine", "COPY app /tmp/app", "RUN mv /tmp/app /usr/bin/app", "RUN touch /done");
        String other = System.getProperty("os.arch").equals("aarch64") ? "linux/arm64" : "linux/amd64";
        program("app", other.equals("linux/amd64") ? ARM64 : AMD64, 2);
        BuildRequest request = request(other).buildContext("alpine", "oci-layout://" + alpine);
        assertThat(messages(slipway.build(request, Progress.none())))
                .singleElement()
                .asString()
                .contains("/usr/bin/app is for", "] RUN mv /tmp/app /usr/bin/app (Dockerfile:3)");
    }

    @Test
    void anArchiveIsLookedInto() throws Exception {
        try (ArchiveOutputStream<TarArchiveEntry> tar =
                new TarArchiveOutputStream(Files.newOutputStream(context.resolve("tools.tar")))) {
            byte[] program = Files.readAllBytes(context.resolve("app"));
            TarArchiveEntry entry = new TarArchiveEntry("bin/tool");
            entry.setSize(program.length);
            tar.putArchiveEntry(entry);
            tar.write(program);
            tar.closeArchiveEntry();
        }
        dockerfile("FROM scratch", "ADD tools.tar /opt");
        assertThat(messages(slipway.build(request("linux/amd64"), Progress.none())))
                .containsExactly("/opt/bin/tool is for linux/arm64, but the image is for linux/amd64; put there by"
                        + " [1/1] ADD tools.tar /opt (Dockerfile:2)" + ADVICE);
    }

    @Test
    void everyNameOfAProgramWithManyIsTold() throws Exception {
        try (ArchiveOutputStream<TarArchiveEntry> tar =
                new TarArchiveOutputStream(Files.newOutputStream(context.resolve("tools.tar")))) {
            byte[] program = Files.readAllBytes(context.resolve("app"));
            TarArchiveEntry entry = new TarArchiveEntry("busybox");
            entry.setSize(program.length);
            tar.putArchiveEntry(entry);
            tar.write(program);
            tar.closeArchiveEntry();
            TarArchiveEntry link = new TarArchiveEntry("ls", TarArchiveEntry.LF_LINK);
            link.setLinkName("busybox");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            TarArchiveEntry symbolic = new TarArchiveEntry("sh", TarArchiveEntry.LF_SYMLINK);
            symbolic.setLinkName("busybox");
            tar.putArchiveEntry(symbolic);
            tar.closeArchiveEntry();
        }
        dockerfile("FROM scratch", "ADD tools.tar /bin/");
        assertThat(messages(slipway.build(request("linux/amd64"), Progress.none())))
                .singleElement()
                .asString()
                .startsWith("/bin/busybox, /bin/ls are for linux/arm64, but the image is for linux/amd64;");
    }

    @Test
    void whatCameInABaseImageIsNotTheBuilds() throws Exception {
        dockerfile("FROM scratch", "COPY app /usr/bin/app");
        slipway.build(request("linux/amd64").output(Output.ociLayout(folder.resolve("base"))), Progress.none());
        dockerfile("FROM base", "COPY Dockerfile /");
        BuildRequest request = request("linux/amd64").buildContext("base", "oci-layout://" + folder.resolve("base"));
        try (Slipway other = Slipway.open(folder.resolve("other-home"))) {
            assertThat(other.build(request, Progress.none()).foreignPrograms()).isEmpty();
        }

        dockerfile("FROM base AS base", "FROM scratch", "COPY --from=base /usr /usr");
        try (Slipway other = Slipway.open(folder.resolve("other-home"))) {
            assertThat(messages(other.build(request, Progress.none())))
                    .singleElement()
                    .asString()
                    .startsWith("/usr/bin/app is for linux/arm64, but the image is for linux/amd64; put there by"
                            + " [stage-1 1/1] COPY --from=base /usr /usr (Dockerfile:3)");
        }
    }

    /** What a processor runs besides its own is as for {@code docker run}: no 386 without its libraries, but no mistake either. */
    @ParameterizedTest
    @CsvSource({
        "linux/amd64, 3, 1, true, true",
        "linux/386, 62, 2, true, false",
        "linux/arm64, 40, 1, true, true",
        "linux/arm/v7, 40, 1, true, true",
        "linux/arm/v6, 40, 1, true, true",
        "linux/arm/v7, 183, 2, true, false",
        "linux/amd64, 40, 1, true, false",
        "linux/s390x, 22, 2, false, true",
        "linux/amd64, 22, 2, false, false",
        "linux/ppc64le, 21, 2, true, true",
        "linux/ppc64le, 21, 2, false, false"
    })
    void aPlatformRunsWhatItsProcessorRuns(String platform, int machine, int bits, boolean little, boolean runs)
            throws Exception {
        program("app", machine, 2, bits, little);
        Files.writeString(context.resolve("script"), "#!/bin/sh\necho a text that is not a program\n");
        dockerfile("FROM scratch", "COPY app script /usr/bin/");
        assertThat(messages(slipway.build(request(platform), Progress.none()))).hasSize(runs ? 0 : 1);
    }

    @Test
    void theBuildFailsBeforeAnyOutputIfThatIsAsked() throws Exception {
        dockerfile("FROM scratch", "COPY app /usr/bin/app");
        Path out = folder.resolve("out");
        BuildRequest request = request("linux/amd64").output(Output.localDirectory(out));
        assertThatThrownBy(() -> slipway.build(request.wrongArchitecture(WrongArchitecture.ERROR), Progress.none()))
                .isInstanceOfSatisfying(
                        BuildException.class,
                        failure -> assertThat(failure.report())
                                .startsWith(
                                        "Dockerfile:2: /usr/bin/app is for linux/arm64, but the image is for linux/amd64;")
                                .contains("   2 | >>> COPY app /usr/bin/app"));
        assertThat(out).doesNotExist();
        assertThat(slipway.build(request.wrongArchitecture(WrongArchitecture.OFF), Progress.none())
                        .foreignPrograms())
                .isEmpty();
        assertThat(out.resolve("usr/bin/app")).exists();
    }

    @Test
    void aLayerIsLookedIntoOnce() throws Exception {
        dockerfile("FROM scratch", "COPY app /usr/bin/app", "COPY Dockerfile /");
        slipway.build(request("linux/amd64"), Progress.none());
        try (Stream<Path> files = Files.list(folder.resolve("home/v1/programs"))) {
            List<Path> known = files.toList();
            assertThat(known).hasSizeGreaterThanOrEqualTo(2);
            for (Path file : known) {
                String text = SealedText.read(file).orElseThrow().replace("arm64", "s390x");
                Files.writeString(file, text + Digest.sha256(text).hex().substring(0, 16));
            }
        }
        assertThat(slipway.build(request("linux/amd64"), Progress.none()).foreignPrograms())
                .flatExtracting(ForeignPrograms::programs)
                .extracting(ProgramFile::platform)
                .extracting(Object::toString)
                .containsExactly("linux/s390x");
    }

    @Test
    void theCommandWarnsAndFailsIfThatIsAsked() throws Exception {
        dockerfile("FROM scratch", "COPY app /usr/bin/app");
        String[] build = {"build", "--platform", "linux/amd64", context.toString()};
        SlipwayProcess.Outcome warned = InProcess.run(build);
        assertThat(warned.exitCode()).as(warned.err()).isZero();
        assertThat(warned.err()).contains(" WARN: /usr/bin/app is for linux/arm64", "WARNING: WrongArchitecture: /usr");

        SlipwayProcess.Outcome failed =
                InProcess.run(Stream.concat(Stream.of(build), Stream.of("--wrong-architecture=error"))
                        .toArray(String[]::new));
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).contains("ERROR: Dockerfile:2: /usr/bin/app is for linux/arm64");
    }

    private BuildRequest request(String... platforms) {
        return BuildRequest.of(context).platforms(platforms);
    }

    private static List<String> messages(BuildResult result) {
        return result.foreignPrograms().stream().map(ForeignPrograms::message).toList();
    }

    private void dockerfile(String... lines) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), String.join("\n", lines) + "\n");
    }

    private void program(String name, int machine, int type) throws IOException {
        program(name, machine, type, 2, true);
    }

    /** A file with the head of an ELF file: all that tells for which processor it is. */
    private void program(String name, int machine, int type, int bits, boolean little) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(64).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) bits, (byte) (little ? 1 : 2), 1});
        file.putShort(16, (short) type).putShort(18, (short) machine);
        // No two are the same file.
        file.position(24).put(name.getBytes(StandardCharsets.UTF_8));
        Path path = Files.write(context.resolve(name), file.array());
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
