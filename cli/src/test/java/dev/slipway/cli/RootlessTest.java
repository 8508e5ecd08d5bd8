package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds as users who are not root: one for whom others are set aside, and one who is alone. */
@Tag("end-to-end")
@Timeout(600)
class RootlessTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    /** Times are set, so that layers are equal whenever they are made. */
    private static final String SET_TIMES = "find /own -exec touch -h -d '2020-01-02 03:04:05' {} +";

    /** Whoever has a namespace with no handler for any platform, and is an ordinary user in it. */
    private static final List<String> WITHOUT_HANDLERS = List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && [ \"$(ls /proc/sys/fs/binfmt_misc)\" = \"$(printf"
                    + " 'register\\nstatus')\" ] && exec unshare --user --map-user=64124 --map-group=64124 \"$@\"",
            "sh");

    @TempDir
    private static Path temporary;

    private static OrdinaryUser user;
    private static OrdinaryUser alone;

    @BeforeAll
    static void makeUsers() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        user = OrdinaryUser.withOthers(temporary);
        alone = OrdinaryUser.alone(temporary);
        for (OrdinaryUser each : List.of(user, alone)) {
            OrdinaryUser.copy(ALPINE, each.folder().resolve("alpine"));
        }
    }

    @AfterAll
    static void nothingIsLeftRunning() throws IOException {
        assertThat(user.processes()).isEmpty();
        assertThat(alone.processes()).isEmpty();
    }

    @Test
    void filesHaveTheOwnersThatTheyHaveInTheBuildOfRoot() throws Exception {
        Path context = context(user, """
                FROM alpine AS build
                RUN mkdir -p /own/deep && echo a > /own/a && chown 1000:1001 /own/a && chmod 6750 /own/a \\
                    && mkfifo /own/p && ln -s a /own/l && ln /own/a /own/h && chown -h 7:8 /own/l \\
                    && echo hidden > /own/deep/f && chmod 600 /own/deep/f && chown -R 33:34 /own/deep && chmod 700 /own/deep \\
                    && rm -rf /media /home && mkdir -p /own/empty && TIMES
                RUN rm -rf /own/deep /own/empty && mkdir /own/deep && echo new > /own/deep/f && chown -R 33:34 /own/deep \\
                    && chmod 600 /own/deep/f && chmod 700 /own/deep && chmod u-s /own/a && TIMES
                COPY --chown=1000:1001 Dockerfile /own/c
                RUN chown 5 /own/c && mkdir /own/w && chown 1000:1001 /own/w && TIMES
                USER 1000:1001
                RUN cd /own/w && id -u > m && id -g >> m && touch -d '2020-01-02 03:04:05' . m
                FROM build
                COPY --from=build /own/deep /copied
                """.replace("TIMES", SET_TIMES));
        // A folder that is copied into has the time of the copying.
        String epoch = "SOURCE_DATE_EPOCH=1600000000";
        String output = "type=oci,tar=false,rewrite-timestamp=true,dest=";
        user.run(List.of(), build(user, context, "--build-arg", epoch, "--output", output + "out.tar"));
        Path roots = temporary.resolve("root-out");
        SlipwayProcess.Outcome outcome = SlipwayProcess.run(
                temporary.resolve("root-home"), build(user, context, "--build-arg", epoch, "--output", output + roots));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();

        FinalFiles own = files(user.folder().resolve("out.tar"));
        FinalFiles rootsOwn = files(roots);
        assertThat(own.files().keySet()).contains("own/deep/f", "copied/f", "own/w/m");
        assertThat(layers(user.folder().resolve("out.tar"))).isEqualTo(layers(roots));

        String again =
                user.run(List.of(), build(user, context, "--build-arg", epoch, "--output", "type=oci,dest=again.tar"));
        String steps = again.substring(0, again.indexOf("[internal] writing outputs"));
        assertThat(steps).contains("CACHED").doesNotContain("DONE", "sandbox");
        assertThat(rootsOwn.files().keySet()).isEqualTo(own.files().keySet());
    }

    @Test
    void aFolderThatNobodyMayWriteToGoesIntoAFolderThatIsThere() throws Exception {
        Path context = context(alone, """
                FROM scratch
                COPY --chmod=0555 Dockerfile /top/sub/f
                """);
        Path out = Files.createDirectories(alone.folder().resolve("closed/top"));
        Files.setAttribute(out.getParent(), "unix:uid", Files.getAttribute(alone.folder(), "unix:uid"));
        Files.setAttribute(out, "unix:uid", Files.getAttribute(alone.folder(), "unix:uid"));
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("r-x------"));
        alone.run(List.of(), build(alone, context, "--output", "closed"));
        alone.run(List.of(), build(alone, context, "--output", "closed"));

        for (String folder : List.of("top", "top/sub")) {
            assertThat(Files.getPosixFilePermissions(out.getParent().resolve(folder)))
                    .isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        assertThat(out.resolve("sub/f")).exists();
    }

    @Test
    void aFileSystemMayBeMountedWhereAFolderGoes() throws Exception {
        Path context = context(alone, """
                FROM scratch
                COPY --chmod=0640 Dockerfile /mounted/new/deep/f
                COPY Dockerfile /mounted/f
                """);
        List<String> mounted = List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mkdir -p mounts/mounted && mount -t tmpfs none mounts/mounted && \"$@\" && find mounts/mounted -type f -printf '%P %m\\n' | sort",
                "sh");
        String said = alone.run(mounted, build(alone, context, "--output", "mounts"));

        assertThat(said).endsWith("f 644\nnew/deep/f 640\n");
    }

    @Test
    void mountsAndNetworksAreThere() throws Exception {
        Path context = context(user, """
                FROM alpine AS other
                RUN echo other > /o && chown 3:4 /o
                FROM alpine
                RUN --mount=type=cache,target=/cache,uid=5,mode=0700 echo kept > /cache/f && ls -ldn /cache
                RUN --mount=type=cache,target=/cache,uid=5,mode=0700 cat /cache/f
                RUN --mount=type=bind,from=other,source=/o,target=/in/o cat /in/o && ls -ln /in/o
                RUN --mount=type=bind,from=other,target=/rw,rw echo gone > /rw/o && cat /rw/o
                RUN --mount=type=secret,id=token,uid=1000,mode=0400 ls -ln /run/secrets/token
                RUN --mount=type=tmpfs,target=/mem,size=65536 df /mem | grep 64
                RUN --mount=type=ssh,uid=6 test -S $SSH_AUTH_SOCK && ls -ln $SSH_AUTH_SOCK
                RUN --network=none ls /sys/class/net > /dev/null && ip link | grep -c UP
                RUN echo x > /dev/null && head -c 4 /dev/urandom | wc -c && ! touch /sys/x /proc/sys/x 2> /dev/null
                """);
        Path secret = Files.writeString(user.folder().resolve("token"), "Kz7-hunter2-Qx9");
        Path agent = user.folder().resolve("agent");
        String said;
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(agent));
            Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxrwxrwx"));
            String[] options = {"--secret", "id=token,src=" + secret, "--ssh", "default=" + agent, "--output", "files"};
            said = user.run(List.of(), build(user, context, options));
        }
        assertThat(said)
                .contains("sandbox rootless", " kept\n", " other\n", " 3        4 ", " gone\n")
                .containsPattern("-r-------- +1 1000 +0 +15 .*token")
                .containsPattern("drwx------ +2 5 +0 .*/cache")
                .doesNotContain("hunter2");
    }

    @Test
    void whoIsAloneBuildsToo() throws Exception {
        Path context = context(alone, """
                FROM alpine
                COPY --chown=1000:1001 Dockerfile /c
                RUN echo more >> /c && mkdir /new && id -u > /new/id && rm -rf /media
                USER 1000:1001
                WORKDIR /w
                RUN id -u > mine && id -g >> mine
                """);
        String said = alone.run(List.of(), build(alone, context, "--output", "type=oci,dest=out,tar=false"));
        assertThat(said).contains("sandbox rootless");
        FinalFiles files = files(alone.folder().resolve("out"));
        assertThat(files.text("new/id")).isEqualTo("0\n");
        assertThat(files.text("w/mine")).isEqualTo("1000\n1001\n");
        assertThat(files.files().get("c").entry().uid()).isEqualTo(1000);
        assertThat(files.files().get("new").entry().uid()).isZero();
        assertThat(files.files().get("w/mine").entry().uid()).isEqualTo(1000);
        assertThat(files.files().get("w/mine").entry().gid()).isEqualTo(1001);
    }

    @Test
    void aFolderHoldsWhatAnOrdinaryUserCanMakeAndAWarningNamesTheRest() throws Exception {
        Path files = Files.createDirectory(temporary.resolve("special"));
        Path context = context(user, "FROM scratch\nADD special.tar /in\n");
        String script =
                "cd \"$0\" && mkdir d && mknod d/null c 1 3 && mkfifo pipe && cp /bin/true capable && echo x > plain"
                        + " && setcap cap_net_raw+ep capable && tar --xattrs --xattrs-include='*' -cf \"$1\" .";
        Process tar = new ProcessBuilder(
                        "sh",
                        "-c",
                        script,
                        files.toString(),
                        context.resolve("special.tar").toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        String said = user.run(List.of(), build(user, context, "--output", "special-out"));

        Path out = user.folder().resolve("special-out/in");
        assertThat(out.resolve("plain")).hasContent("x\n");
        assertThat(out.resolve("pipe")).exists();
        assertThat(out.resolve("d")).isEmptyDirectory();
        assertThat(out.resolve("capable")).isExecutable();
        assertThat(said)
                .contains(
                        "WARN: device files are left out, because only root can make them: /in/d/null; run as root, or write an"
                                + " archive with type=tar\n")
                .contains(
                        "WARN: extended attributes, such as capabilities, are left out, because only root can set them:"
                                + " /in/capable; run as root, or write an archive with type=tar\n");
    }

    @Test
    void whoIsAloneIsToldWhatHeLacks() throws Exception {
        Path context = context(alone, "FROM alpine\nRUN touch /a && chown 1000 /a\n");
        assertThat(alone.start(List.of(), build(alone, context)).waitFor()).isEqualTo(1);
        assertThat(alone.said())
                .contains("/etc/subuid", "uidmap", "did not complete successfully: exit code: 1", "Dockerfile:2");
    }

    @Test
    void emulatorsAreFoundWhereNoHandlerIsRegistered() throws Exception {
        for (String example : List.of("uname", "log")) {
            Path context = alone.folder().resolve("example-" + example);
            OrdinaryUser.copy(ROOT.resolve("testdata/examples").resolve(example), context);
            String[] options = {"--platform", "linux/amd64,linux/arm64", "--output", example + "-out"};
            alone.run(WITHOUT_HANDLERS, build(alone, context, options));
        }
        Path out = alone.folder().resolve("uname-out");
        assertThat(out.resolve("linux_arm64/arch")).hasContent("aarch64\n");
        assertThat(out.resolve("linux_amd64/arch")).hasContent("x86_64\n");
        assertThat(alone.folder().resolve("log-out/linux_arm64/log")).content().contains("building for linux/arm64");
    }

    @Test
    void aBuildThatIsEndedLeavesNothingRunning() throws Exception {
        Path context = context(user, "FROM alpine\nRUN echo started; sleep " + OrdinaryUser.SECONDS + "\n");
        for (String signal : List.of("INT", "TERM", "KILL")) {
            Process build = user.start(List.of(), build(user, context));
            await(() -> user.said().contains(" started\n"), build::isAlive);
            assertThat(user.processes()).anyMatch(process -> process.contains("sleep " + OrdinaryUser.SECONDS));
            new ProcessBuilder("kill", "-" + signal, Long.toString(build.pid()))
                    .start()
                    .waitFor();
            build.waitFor();
            await(() -> user.processes().isEmpty(), () -> true);
        }
        assertThat(Files.readString(Path.of("/proc/mounts")))
                .doesNotContain(user.folder().toString());
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition, Condition possible) throws IOException, InterruptedException {
        while (!condition.holds()) {
            assertThat(possible.holds()).as(user.said() + user.processes()).isTrue();
            Thread.sleep(50);
        }
    }

    private static Path context(OrdinaryUser user, String dockerfile) throws IOException {
        Path context = Files.createTempDirectory(user.folder(), "context");
        Files.setPosixFilePermissions(context, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return context;
    }

    private static String[] build(OrdinaryUser user, Path context, String... options) {
        List<String> arguments = new ArrayList<>(List.of("build", "--build-context"));
        arguments.add("alpine=oci-layout://" + user.folder().resolve("alpine"));
        arguments.addAll(List.of(options));
        arguments.add(context.toString());
        return arguments.toArray(String[]::new);
    }

    private static Image image(Path layout) throws IOException {
        OciLayout opened = OciLayout.open(layout);
        return new ImageSelector(opened).select(opened.index().manifests().get(0), dev.slipway.llb.Platform.host());
    }

    private static FinalFiles files(Path layout) throws IOException {
        return FinalFiles.of(image(layout));
    }

    private static List<?> layers(Path layout) throws IOException {
        return image(layout).config().diffIds();
    }
}
