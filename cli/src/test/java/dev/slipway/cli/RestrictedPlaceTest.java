package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.llb.Platform;
import dev.slipway.local.supervision.LandlockDomain;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
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

/**
 * Builds in a place like many pods: a user namespace in which no other can be made, by a user who has no right to mount anything
 * and gets none by starting a program.
 */
@Tag("end-to-end")
@Timeout(600)
class RestrictedPlaceTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    private static final List<String> RESTRICTED = List.of(
            "unshare",
            "--user",
            "--map-user=64124",
            "--map-group=64124",
            "--keep-caps",
            "sh",
            "-c",
            "echo 0 > /proc/sys/user/max_user_namespaces && ! unshare --user true 2> /dev/null"
                    + " && exec setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all --no-new-privs \"$@\"",
            "sh");

    /** The usual pod: root with what Docker leaves him, who may neither make a namespace nor mount anything. */
    private static final List<String> POD = List.of(
            "env",
            "XDG_CONFIG_HOME=/none", // The other root's is not his.
            "unshare",
            "--user",
            "--map-root-user",
            "--map-auto",
            "sh",
            "-c",
            "echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --no-new-privs --inh-caps=-all"
                    + " --bounding-set=-all,+chown,+dac_override,+fsetid,+fowner,+mknod,+setgid,+setuid,+setfcap,+setpcap,+kill"
                    + " \"$@\"",
            "sh");

    @TempDir
    private static Path temporary;

    private static OrdinaryUser user;
    private static OrdinaryUser withOthers;

    @BeforeAll
    static void makeUser() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        user = OrdinaryUser.alone(temporary);
        OrdinaryUser.copy(ALPINE, user.folder().resolve("alpine"));
        withOthers = OrdinaryUser.withOthers(temporary);
        OrdinaryUser.copy(ALPINE, withOthers.folder().resolve("alpine"));
    }

    @AfterAll
    static void nothingIsLeftRunning() throws IOException {
        assertThat(user.processes()).isEmpty();
    }

    @Test
    void theExamplesAreBuiltForBothPlatforms() throws Exception {
        for (String example : List.of("uname", "log")) {
            Path context = user.folder().resolve("example-" + example);
            OrdinaryUser.copy(ROOT.resolve("testdata/examples").resolve(example), context);
            String said = build(context, "--platform", "linux/amd64,linux/arm64", "--output", example + "-out");
            assertThat(said).contains("sandbox proot");
        }
        Path out = user.folder().resolve("uname-out");
        assertThat(out.resolve("linux_arm64/arch")).hasContent("aarch64\n");
        assertThat(out.resolve("linux_amd64/arch")).hasContent("x86_64\n");
        assertThat(user.folder().resolve("log-out/linux_arm64/log")).content().contains("building for linux/arm64");
    }

    @Test
    void thePlanNamesTheSandbox() throws Exception {
        Path context = context("FROM alpine\nRUN echo planned\n");

        assertThat(user.run(RESTRICTED, "plan", "--build-context", alpine(), context.toString()))
                .contains("native, sandbox proot (as one user); runs");
    }

    @Test
    void stepsSeeTheirFilesMountsAndUsers() throws Exception {
        Path context = context("""
                FROM alpine AS other
                RUN echo other > /o
                FROM alpine
                RUN echo one > /kept && rm -rf /media && mkdir -p /a/b && ln -s b /a/link && ln /kept /a/hard
                RUN cat /kept /a/hard > /both && echo two > /kept && test ! -e /media
                RUN --mount=type=cache,target=/cache echo cached > /cache/f
                RUN --mount=type=cache,target=/cache cat /cache/f > /from-cache
                RUN --mount=type=bind,from=other,target=/in cat /in/o > /from-other
                RUN --mount=type=secret,id=token cat /run/secrets/token | wc -c > /length
                RUN --mount=type=tmpfs,target=/mem echo gone > /mem/f && test -s /mem/f
                USER 1000:1001
                WORKDIR /w
                RUN id -u > mine && id -g >> mine
                """);
        Path secret = Files.writeString(user.folder().resolve("token"), "Kz7-hunter2-Qx9");
        String said = build(context, "--secret", "id=token,src=" + secret, "--output", "files");

        Path files = user.folder().resolve("files");
        assertThat(said).contains("sandbox proot").doesNotContain("hunter2");
        assertThat(files.resolve("both")).hasContent("one\none\n");
        assertThat(files.resolve("kept")).hasContent("two\n");
        assertThat(files.resolve("from-cache")).hasContent("cached\n");
        assertThat(files.resolve("from-other")).hasContent("other\n");
        assertThat(files.resolve("length")).hasContent("15\n");
        assertThat(files.resolve("w/mine")).hasContent("1000\n1001\n");
        for (String gone : List.of("media", "cache", "in", "run/secrets", "mem")) {
            assertThat(files.resolve(gone)).doesNotExist();
        }
        assertThat(build(context, "--secret", "id=token,src=" + secret))
                .contains("CACHED")
                .doesNotContain("sandbox");
    }

    /** Neither this program, which has a secret in its environment, nor what else its user runs. */
    @Test
    void aStepReachesNoOtherProcessOfItsUser() throws Exception {
        assumeTrue(LandlockDomain.ofKernel().isPresent(), "needs a kernel with Landlock");
        Path context = context("""
                FROM alpine
                RUN --mount=type=secret,id=token,env=GIVEN test "$GIVEN" = Kz7-hunter2-Qx9
                RUN ! cat /proc/[0-9]*/environ 2> /dev/null | tr '\\0' '\\n' | grep Kz7-hunter
                RUN for process in $(pidof sleep); do \\
                      grep -q 47131 /proc/$process/cmdline && echo $process > /other; done; \\
                    other=$(cat /other) && ! (: < /proc/$other/environ) && ! (: < /proc/$other/mem) \\
                      && ! (: < /proc/$other/fd/1) && ! kill -0 $other && (: < /proc/$$/mem) && kill -0 $$
                """);
        List<String> beside = new ArrayList<>(List.of("env", "SLIPWAY_TOKEN=Kz7-hunter2-Qx9"));
        beside.addAll(RESTRICTED);
        beside.addAll(List.of("sh", "-c", "sleep 47131 & \"$@\"; code=$?; kill $!; exit $code", "sh"));
        String said = user.run(
                beside,
                "build",
                "--build-context",
                alpine(),
                "--secret",
                "id=token,env=SLIPWAY_TOKEN",
                context.toString());

        assertThat(said).contains("sandbox proot (as one user)");
    }

    @Test
    void whatCannotRunHereSaysWhy() throws Exception {
        Path context = context("FROM alpine\nRUN true\n");
        Process build = user.start(
                RESTRICTED, "build", "--sandbox", "rootless", "--build-context", alpine(), context.toString());

        assertThat(build.waitFor()).isEqualTo(1);
        assertThat(user.said())
                .contains("ERROR: Dockerfile:2: for " + Platform.host().format()
                        + ": this user cannot run processes: make a user namespace: ")
                .contains(
                        "; run as root, allow this user to make user namespaces (user.max_user_namespaces above 0, and on"
                                + " Ubuntu kernel.apparmor_restrict_unprivileged_userns 0), or choose another sandbox\n");
    }

    @Test
    void whereNothingCanRunTheMessageSaysWhatWould() throws Exception {
        Path context = context("FROM alpine\nRUN true\n");
        List<String> withoutProot = new ArrayList<>(RESTRICTED);
        int script = withoutProot.indexOf("-c") + 1;
        withoutProot.set(
                script,
                "for file in /usr/bin/proot /usr/local/bin/proot; do"
                        + " ! test -e $file || busybox mount -o bind /dev/null $file || exit 1; done && "
                        + withoutProot.get(script));
        withoutProot.add(1, "--mount");
        Process build = user.start(withoutProot, "build", "--build-context", alpine(), context.toString());

        assertThat(build.waitFor()).isEqualTo(1);
        assertThat(user.said())
                .contains("ERROR: Dockerfile:2: for " + Platform.host().format()
                        + ": this user cannot run processes: make a user namespace: ")
                .contains(
                        "; run as root, allow this user to make user namespaces (user.max_user_namespaces above 0, and on"
                                + " Ubuntu kernel.apparmor_restrict_unprivileged_userns 0), or install the program proot, which"
                                + " does without: sandbox proot cannot be used here: it is not installed\n");
    }

    /** He is alone, and even his own number is no other user's than that of the image. */
    @Test
    void whoIsAloneGivesFilesAway() throws Exception {
        Path context = context("""
                FROM alpine
                RUN mkdir -p /own/deep /w && echo a > /own/a && chown 1000:1001 /own/a && chmod 6750 /own/a
                RUN ln -s a /own/l && chown -h 7:8 /own/l && chown -R 33:34 /own/deep && chmod 2775 /own/deep
                RUN touch /own/deep/f && chown 5 /own/a && cp -a /own /copy && chown 64124:64124 /etc/group
                RUN stat -c '%n %u:%g' /own/a /own/l /own/deep /etc/group /etc/passwd / > /own/seen && rm /copy/l
                USER 1000:1001
                RUN touch /tmp/mine && ! chown 1000 /etc/passwd 2> /dev/null
                RUN id -u > /tmp/id && stat -c '%n %u' /tmp/mine /etc/passwd > /tmp/seen
                """);
        build(context, "--output", "type=oci,dest=given,tar=false");
        FinalFiles files = files(user.folder().resolve("given"));

        assertThat(owner(files, "own/a")).isEqualTo("5:1001");
        assertThat(files.files().get("own/a").entry().mode() & 07777).isEqualTo(0750);
        assertThat(owner(files, "own/l")).isEqualTo("7:8");
        assertThat(owner(files, "own/deep")).isEqualTo("33:34");
        assertThat(owner(files, "own/deep/f")).isEqualTo("0:34");
        assertThat(owner(files, "copy/a")).isEqualTo("5:1001");
        assertThat(owner(files, "copy/deep/f")).isEqualTo("0:34");
        assertThat(owner(files, "etc/group")).isEqualTo("64124:64124");
        assertThat(owner(files, "own/seen")).isEqualTo("0:0");
        assertThat(owner(files, "tmp/mine")).isEqualTo("1000:1001");
        build(context, "--output", "seen");
        Path seen = user.folder().resolve("seen");
        assertThat(seen.resolve("own/seen")).hasContent("""
                        /own/a 5:1001
                        /own/l 7:8
                        /own/deep 33:34
                        /etc/group 64124:64124
                        /etc/passwd 0:0
                        / 0:0
                        """);
        assertThat(seen.resolve("tmp/seen")).hasContent("/tmp/mine 1000\n/etc/passwd 0\n");
    }

    @Test
    void rootOfAPodGivesFilesAway() throws Exception {
        Path context = context(withOthers, """
                FROM alpine
                RUN mkdir -p /own/deep && echo a > /own/a && chown 1000:1001 /own/a && chmod 6750 /own/a
                RUN ln -s a /own/l && chown -h 7:8 /own/l && chown -R 33:34 /own/deep && chmod 2775 /own/deep
                RUN touch /own/deep/f && chown 5 /own/a
                USER 1000:1001
                RUN touch /tmp/mine && ! touch /own/refused 2> /dev/null
                """);
        String said = withOthers.run(
                POD,
                "build",
                "--build-context",
                "alpine=oci-layout://" + withOthers.folder().resolve("alpine"),
                "--output",
                "type=oci,dest=out,tar=false",
                context.toString());
        FinalFiles files = files(withOthers.folder().resolve("out"));

        assertThat(said).contains("sandbox proot (root keeps its rights to files when it becomes another user)");
        assertThat(owner(files, "own/a")).isEqualTo("5:1001");
        assertThat(owner(files, "own/l")).isEqualTo("7:8");
        assertThat(owner(files, "own/deep")).isEqualTo("33:34");
        assertThat(owner(files, "own/deep/f")).isEqualTo("0:34");
        assertThat(owner(files, "tmp/mine")).isEqualTo("1000:1001");
        assertThat(files.files()).doesNotContainKey("own/refused");
    }

    private static FinalFiles files(Path folder) throws Exception {
        OciLayout layout = OciLayout.open(folder);
        return FinalFiles.of(
                new ImageSelector(layout).select(layout.index().manifests().get(0), Platform.host()));
    }

    private static String owner(FinalFiles files, String name) {
        return files.files().get(name).entry().uid() + ":"
                + files.files().get(name).entry().gid();
    }

    private static Path context(String dockerfile) throws IOException {
        return context(user, dockerfile);
    }

    private static Path context(OrdinaryUser user, String dockerfile) throws IOException {
        Path context = Files.createTempDirectory(user.folder(), "context");
        Files.setPosixFilePermissions(context, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return context;
    }

    private static String alpine() {
        return "alpine=oci-layout://" + user.folder().resolve("alpine");
    }

    private static String build(Path context, String... options) throws Exception {
        String[] arguments = new String[options.length + 4];
        arguments[0] = "build";
        arguments[1] = "--build-context";
        arguments[2] = alpine();
        System.arraycopy(options, 0, arguments, 3, options.length);
        arguments[arguments.length - 1] = context.toString();
        return user.run(RESTRICTED, arguments);
    }
}
