package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Platform;
import dev.slipway.oci.layer.LayerWriter;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.progress.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Builds with context, base image, store and outputs on file systems like those of Windows and macOS, held in memory. The images
 * are the same as those that are built on this machine's own.
 */
@Tag("end-to-end")
class OtherSystemsTest {

    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."))
                            .resolve("target/images")
                            .toString()))
            .resolve("alpine");
    private static final Instant LONG_AGO = Instant.parse("2024-02-03T04:05:06Z");
    private static final String DOCKERFILE = """
            FROM scratch AS gathered
            COPY . /
            FROM base
            COPY --from=gathered docs /etc/
            COPY --from=gathered --chown=daemon:1 docs/deep/ünïcode.txt /etc/
            ADD --chmod=0640 tool archive.tar /usr/local/bin/
            COPY --link tool Make* /
            ENV GREETING=hello
            CMD ["/usr/local/bin/tool"]
            """;

    /** A kind of file system. */
    enum Kind {
        WINDOWS,
        MACOS;

        FileSystem make() {
            Configuration configuration = this == WINDOWS
                    ? Configuration.windows()
                    : Configuration.osX().toBuilder()
                            .setAttributeViews("basic", "owner", "posix", "unix")
                            .build();
            return Jimfs.newFileSystem(configuration);
        }

        String folder() {
            return this == WINDOWS ? "C:\\work\\build" : "/Users/me/build";
        }
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void theImageIsTheSame(Kind kind) throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        String digest = build(folder, kind);
        try (FileSystem files = kind.make()) {
            Path there = Files.createDirectories(files.getPath(kind.folder()));
            assertThat(build(there, kind)).isEqualTo(digest);

            // Nothing was lost on the way out, neither in the layout nor in the archive nor in the folder.
            try (OciLayout layout = OciLayout.open(there.resolve("layout"));
                    OciLayout archive = OciLayout.open(there.resolve("image.tar"))) {
                assertThat(layout.index().manifests().get(0).digest()).hasToString(digest);
                assertThat(archive.index().manifests().get(0).digest()).hasToString(digest);
            }
            assertThat(list(there.resolve("files"))).isEqualTo(list(folder.resolve("files")));
        }
    }

    /** Builds twice, the second time from what the first left in the store, and returns the digest of the image. */
    private static String build(Path place, Kind kind) throws Exception {
        Path context = Files.createDirectory(place.resolve("context"));
        fill(context, kind);
        Path base = place.resolve("base");
        copy(ALPINE, base);
        BuildRequest request = BuildRequest.of(context)
                .platforms("linux/amd64")
                .buildArg("SOURCE_DATE_EPOCH", "1700000000")
                .buildContext("base", "oci-layout://" + base)
                .output(settled(Output.ociLayout(place.resolve("layout"))))
                .output(settled(Output.ociArchive(place.resolve("image.tar"))));
        String digest;
        try (Slipway slipway = Slipway.open(place.resolve("home"))) {
            digest = slipway.build(request, Progress.none()).digest().toString();
        }
        try (Slipway slipway = Slipway.open(place.resolve("home"))) {
            BuildRequest again = request.output(Output.localDirectory(place.resolve("files")));
            assertThat(slipway.build(again, Progress.none()).digest()).hasToString(digest);
        }
        return digest;
    }

    /** Without the time of the build, which folders have that something was put into. */
    private static Output settled(Output output) {
        return output.with("rewrite-timestamp", "true");
    }

    private static void fill(Path context, Kind kind) throws IOException {
        write(context, "Dockerfile", DOCKERFILE);
        write(context, ".dockerignore", "**/*.log\ndocs/deep/secret\n!keep.log\n");
        write(context, "tool", "#!/bin/sh\necho hello\n");
        write(context, "Makefile", "all:\n");
        write(context, "left.log", "not wanted");
        write(context, "keep.log", "wanted");
        write(context, "docs/a.txt", "a");
        write(context, "docs/deep/ünïcode.txt", "ü");
        write(context, "docs/deep/secret/key", "not wanted");
        write(context, "docs/deep/empty", "");
        Files.write(context.resolve("archive.tar"), archive());
        if (kind == Kind.MACOS) {
            Files.createSymbolicLink(
                    context.resolve("docs/link"), context.getFileSystem().getPath("deep/../a.txt"));
        }
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(context)) {
            files.filter(file -> !Files.isSymbolicLink(file)).forEach(all::add);
        }
        for (Path file : all) {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                // Windows has no modes: what comes from there may be executed by all, as with Docker.
                boolean executable = kind == Kind.WINDOWS || Files.isDirectory(file) || file.endsWith("tool");
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
            Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
        }
        if (kind == Kind.MACOS) {
            Files.getFileAttributeView(
                            context.resolve("docs/link"), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(FileTime.from(LONG_AGO), null, null);
        }
    }

    private static void write(Path context, String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** What a context cannot hold on every system can be in an archive. */
    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] text = "unpacked".getBytes(StandardCharsets.UTF_8);
        try (LayerWriter tar = new LayerWriter(bytes)) {
            FileEntry file = FileEntry.file("unpacked", 0751, text.length).withModified(LONG_AGO);
            tar.write(file.withOwner(7, 8), new ByteArrayInputStream(text));
            tar.write(FileEntry.symlink("link", "unpacked").withModified(LONG_AGO));
            tar.write(FileEntry.hardLink("twin", "unpacked").withModified(LONG_AGO));
        }
        return bytes.toByteArray();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.write(target, Files.readAllBytes(file));
                }
            }
        }
    }

    /** The paths below a folder. */
    private static List<String> list(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file)
                            .toString()
                            .replace(root.getFileSystem().getSeparator(), "/"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeAFileThereIsNamedAndNothingIsWritten(Kind kind) throws Exception {
        Path context = Files.createDirectory(folder.resolve("context"));
        write(context, "Dockerfile", "FROM scratch\nCOPY readme README /docs/\n");
        write(context, "readme", "small");
        write(context, "README", "large");
        try (FileSystem files = kind.make();
                Slipway slipway = Slipway.open(folder.resolve("home"))) {
            Path out = Files.createDirectories(files.getPath(kind.folder())).resolve("out");
            BuildRequest request = BuildRequest.of(context).output(Output.localDirectory(out));
            assertThatThrownBy(() -> slipway.build(request, Progress.none()))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("two names that differ only in upper and lower case are one name here;"
                            + " write an archive instead, such as type=tar");
            assertThat(out).doesNotExist();
            try (Stream<Path> left = Files.list(out.getParent())) {
                assertThat(left).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..\\..\\escaped", "a:b", "back\\slash", "question?"})
    void aNameThatWindowsTakesForAPathIsRefused(String name) throws Exception {
        Path context = Files.createDirectory(folder.resolve("context"));
        write(context, "Dockerfile", "FROM scratch\nCOPY files /\n");
        Path files = Files.createDirectory(context.resolve("files"));
        Files.writeString(files.resolve(name), "text");
        try (FileSystem windows = Kind.WINDOWS.make();
                Slipway slipway = Slipway.open(folder.resolve("home"))) {
            Path out = Files.createDirectories(windows.getPath(Kind.WINDOWS.folder()))
                    .resolve("out");
            BuildRequest request = BuildRequest.of(context).output(Output.localDirectory(out));
            assertThatThrownBy(() -> slipway.build(request, Progress.none()))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining(name + ": a file cannot have this name here");
            try (Stream<Path> all = Files.walk(windows.getPath("C:\\"))) {
                assertThat(all.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @Test
    void withoutSymbolicLinksAFileHoldsTheTarget() throws Exception {
        Path context = Files.createDirectory(folder.resolve("context"));
        write(context, "Dockerfile", "FROM scratch\nCOPY . /\n");
        Files.createSymbolicLink(context.resolve("link"), Path.of("target/of/link"));
        Configuration without = Configuration.windows().toBuilder()
                .setSupportedFeatures(Feature.FILE_CHANNEL)
                .build();
        try (FileSystem files = Jimfs.newFileSystem(without);
                Slipway slipway = Slipway.open(folder.resolve("home"))) {
            Path out = Files.createDirectories(files.getPath(Kind.WINDOWS.folder()))
                    .resolve("out");
            slipway.build(BuildRequest.of(context).output(Output.localDirectory(out)), Progress.none());
            assertThat(Files.readString(out.resolve("link"))).isEqualTo("target/of/link");
        }
    }

    @Test
    void gitIsRefusedWhereItCannotWrite() throws Exception {
        Path context = Files.createDirectory(folder.resolve("context"));
        write(context, "Dockerfile", "FROM scratch\nADD https://127.0.0.1:9/none.git#main /\n");
        try (FileSystem files = Kind.MACOS.make();
                Slipway slipway = Slipway.open(files.getPath("/Users/me/home"))) {
            assertThatThrownBy(() -> slipway.build(BuildRequest.of(context), Progress.none()))
                    .isInstanceOfSatisfying(
                            BuildException.class,
                            failure -> assertThat(failure.report())
                                    .startsWith("Dockerfile:2: for "
                                            + Platform.host().format() + ": git cannot write to /Users/me/home/")
                                    .contains("keep the store in an ordinary folder"));
        }
    }

    @Test
    void runIsRefusedWhereNoProcessCanBeStarted() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Path context = Files.createDirectory(folder.resolve("context"));
        write(context, "Dockerfile", "FROM alpine\nRUN true\n");
        BuildRequest request = BuildRequest.of(context).buildContext("alpine", "oci-layout://" + ALPINE);
        try (FileSystem files = Kind.MACOS.make();
                Slipway slipway = Slipway.open(files.getPath("/Users/me/home"))) {
            assertThat(slipway.plan(request).toText())
                    .contains("; local, nowhere; cannot run: no process can be run from /Users/me/home/");
            assertThatThrownBy(() -> slipway.build(request, Progress.none()))
                    .isInstanceOfSatisfying(
                            BuildException.class,
                            failure -> assertThat(failure.report())
                                    .startsWith("Dockerfile:2: for "
                                            + Platform.host().format() + ": no process can be run from /Users/me/home/")
                                    .contains("keep the store in an ordinary folder"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Mac OS X, 'RUN needs Linux, and this is Mac OS X; build in a Linux machine, such as WSL or a virtual one, or without"
                + " RUN: all other instructions work here'",
        "Windows 11, 'processes for linux do not run on other systems: build in a machine of that system, such as a virtual one or WSL, or"
                + " without RUN: all other instructions work here'"
    })
    void theCommandBuildsOnOtherSystemsAndSaysThatRunNeedsLinux(String system, String message) throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Path context = Files.createDirectory(folder.resolve("context"));
        write(context, "Dockerfile", "FROM alpine AS files\nCOPY Dockerfile /\nFROM files\nRUN true\n");
        Outcome files = on(system, context, "--target", "files");
        assertThat(files.exitCode()).as(files.output()).isZero();
        Outcome run = on(system, context);
        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains("ERROR: Dockerfile:4: ", message);
    }

    private record Outcome(int exitCode, String output) {}

    /** The command, told that it is on another system. */
    private Outcome on(String system, Path context, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dos.name=" + system,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.slipway.cli.Main",
                "build",
                "--platform",
                System.getProperty("os.arch").equals("aarch64") ? "linux/arm64" : "linux/amd64",
                "--build-context",
                "alpine=oci-layout://" + ALPINE,
                context.toString()));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SLIPWAY_HOME", folder.resolve("home").toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
