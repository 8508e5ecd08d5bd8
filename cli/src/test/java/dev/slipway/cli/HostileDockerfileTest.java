package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.SecretSource;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dockerfiles that try to reach the machine, among them those of the published advisories on container builders. Whether such a
 * build ends well does not matter: a file of the machine is neither in what it writes nor in what it says, and is not changed.
 */
@Tag("end-to-end")
class HostileDockerfileTest {

    private static final String TREASURE = "the machine's own treasure";
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    @TempDir
    private static Path home;

    private static Slipway slipway;

    @TempDir
    private Path folder;

    private Path outside;

    @BeforeAll
    static void open() {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        slipway = Slipway.open(home);
    }

    @AfterAll
    static void close() {
        if (slipway != null) {
            slipway.close();
        }
    }

    @BeforeEach
    void hideATreasure() throws IOException {
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), TREASURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY --from=alpine OUTSIDE/file /found",
                "COPY ../outside/file /found",
                "COPY /proc/self/root/OUTSIDE/file /found",
                "COPY --from=alpine /proc/self/environ /proc/1/root/OUTSIDE/file /found/",
                "ADD ../outside /found/",
                // What a process sees of the machine through /proc, and a working folder that is an open file
                // (CVE-2024-21626).
                "RUN cat /proc/*/rootOUTSIDE/file /proc/*/cwdOUTSIDE/file /proc/*/fd/*OUTSIDE/file 2>&1; true",
                "WORKDIR /proc/self/fd/3\nRUN cat ../../../../../../..OUTSIDE/file; ls -la /proc/self/fd; true",
                "WORKDIR /proc/self/fd/7\nRUN cat ../../../../../../..OUTSIDE/file; true",
                "WORKDIR /proc/1/cwd\nRUN cat ../../../../../../..OUTSIDE/file; true",
                // A bind mount whose source is a link to / (CVE-2024-1753), with a chosen depth (CVE-2024-23651).
                "FROM alpine AS evil\nRUN ln -s / /link && ln -s ../../../../../../../../.. /up\nFROM alpine\n"
                        + "RUN --mount=type=bind,from=evil,source=/link,target=/m,rw cat /mOUTSIDE/file; touch /mOUTSIDE/x; true",
                "FROM alpine AS evil\nRUN ln -s / /link && ln -s ../../../../../../../../.. /up\nFROM alpine\n"
                        + "RUN --mount=type=bind,from=evil,source=/upOUTSIDE,target=/m,rw cat /m/file; touch /m/x; true",
                // Cache folders that are not below the store (CVE-2024-9675).
                "RUN --mount=type=cache,id=../../../../../../../../..OUTSIDE,target=/m cat /m/file; touch /m/planted; true",
                "RUN --mount=type=cache,from=alpine,source=../../../../../../../..OUTSIDE,target=/m cat /m/file; touch /m/x; true",
                "RUN --mount=type=cache,target=/m ln -s / /m/link\n"
                        + "RUN --mount=type=cache,target=/m,source=/linkOUTSIDE cat /m/file; touch /m/x; true",
                // Mounts at places outside of the root, or at all of it.
                "RUN --mount=type=bind,from=alpine,target=/ cat OUTSIDE/file",
                "RUN --mount=type=tmpfs,target=/../../../../../../..OUTSIDE touch OUTSIDE/planted",
                "RUN --mount=type=secret,id=s,target=/../../../../../../..OUTSIDE/planted cat OUTSIDE/file; true",
                "RUN ln -s OUTSIDE /out\nRUN --mount=type=secret,id=s,target=/out/planted cat /out/file; true",
                "RUN --mount=type=bind,from=alpine,target=/proc ls /proc/self; true",
                "RUN --mount=type=tmpfs,target=/proc true",
                // Stubs of mounts that are links by the time they are removed (CVE-2024-23652).
                "RUN --mount=type=tmpfs,target=/a/b rm -rf /a 2>/dev/null; true\nRUN ln -sfn OUTSIDE /a; true",
                "RUN --mount=type=bind,from=alpine,target=/x/file mv /x /y; ln -s OUTSIDE /x; true",
                // Users who are read from a file that is a link or a device (CVE-2024-9676).
                "RUN rm /etc/passwd && ln -s OUTSIDE/file /etc/passwd\nUSER nobody\nRUN id; true",
                "RUN rm /etc/passwd && mkfifo /etc/passwd\nUSER nobody\nRUN id",
                "RUN ln -sf /dev/zero /etc/group\nCOPY --chown=0:nobody Dockerfile /found",
                // More groups than there can be (GHSA-72x6-4j93-7w86), and a number that an image makes root of
                // (CVE-2026-46680,
                // CVE-2024-40635).
                "RUN seq 200000 | sed 's/.*/g&:x:&:nobody/' > /etc/group\nUSER nobody\nRUN id -u",
                "RUN echo 4294967296:x:0:0::/:/bin/sh >> /etc/passwd\nUSER 4294967296\nRUN test $(id -u) != 0 || echo READ",
                "USER 4294967295\nRUN test $(id -u) != 0 || echo READ",
                "USER 2147483648:2147483648\nRUN test $(id -u) != 0 -a $(id -g) != 0 || echo READ",
                // A working folder behind a link (CVE-2026-55686).
                "RUN ln -s OUTSIDE /w\nWORKDIR /w/planted\nRUN touch x; true",
                "FROM alpine AS evil\nRUN ln -s OUTSIDE /w\nFROM evil\nUSER nobody\nWORKDIR /w/planted/deep\nRUN touch x; true",
                // Folders that are exchanged while another stage mounts upon them (CVE-2024-11218, CVE-2021-30465).
                "FROM alpine AS evil\nRUN --mount=type=cache,id=x,target=/c"
                        + " for i in $(seq 300); do rm -rf /c/d; ln -s OUTSIDE /c/d; rm /c/d; mkdir /c/d; done; true\n"
                        + "FROM alpine\nRUN --mount=type=cache,id=x,target=/c --mount=type=tmpfs,target=/c/d"
                        + " cat /c/d/file; touch /c/d/planted; true\n"
                        + "RUN --mount=type=cache,id=x,target=/c --mount=type=tmpfs,target=/c/d/e touch /c/d/e/planted; true\n"
                        + "COPY --from=evil /etc /e",
                // How a mount spreads is nobody's choice (CVE-2024-9407).
                "RUN --mount=type=bind,from=alpine,target=/m,bind-propagation=rshared cat /mOUTSIDE/file; true",
                // The programs that start a step (CVE-2019-5736).
                "RUN for e in /proc/[0-9]*/exe; do (echo x >> $e) 2>/dev/null && echo READ; done; true",
                // What hides parts of /proc, a console, and /dev itself, that are links (CVE-2025-31133, -52565,
                // -52881,
                // CVE-2026-41579).
                "RUN rm -f /dev/null /dev/console; ln -s OUTSIDE/file /dev/null; ln -s OUTSIDE/file /dev/console;"
                        + " cat /dev/null; echo x > /dev/console; true",
                "RUN rm -rf /dev /proc /sys; ln -s OUTSIDE /dev; ln -s OUTSIDE /sys; true\nRUN touch /dev/planted; cat /sys/file; true",
                // Disks, memory and kernel settings of the machine.
                "RUN for n in 0 16 32; do for m in 8 253 254 259; do mknod /d$m-$n b $m $n; head -c 64 /d$m-$n && echo READ; done; done; true",
                "RUN mknod /mem c 1 1; head -c 64 /mem && echo READ; mknod /port c 1 4; head -c 1 /port && echo READ; true",
                "RUN echo 1 > /proc/sys/kernel/panic && echo READ; echo b > /proc/sysrq-trigger && echo READ; true",
                "RUN mount -t proc proc /mnt && echo READ; mount -o bind / /mnt && echo READ; umount /proc && echo READ; true",
                "RUN chroot /proc/1/root cat OUTSIDE/file; nsenter -t 1 -m cat OUTSIDE/file; true",
            })
    void nothingOfTheMachineIsReachedBy(String lines) throws Exception {
        Path context = Files.createDirectory(folder.resolve("context"));
        String dockerfile = (lines.startsWith("FROM") ? "" : "FROM alpine\n") + lines + "\n";
        Files.writeString(context.resolve("Dockerfile"), dockerfile.replace("OUTSIDE", outside.toString()));
        BuildRequest request = BuildRequest.of(context)
                .buildContext("alpine", "oci-layout://" + ALPINE)
                .secret("s", SecretSource.text("a secret"))
                .output(Output.localDirectory(folder.resolve("out")));
        StringBuffer said = new StringBuffer();
        StringBuffer output = new StringBuffer();
        try {
            slipway.build(request, event -> {
                if (event instanceof BuildEvent.Log log) {
                    output.append(new String(log.data().toArray(), StandardCharsets.ISO_8859_1));
                } else {
                    said.append(event);
                }
            });
        } catch (BuildException e) {
            said.append(e.getMessage());
        }

        assertThat(said.append(output)).doesNotContain(TREASURE);
        assertThat(output.toString().lines()).doesNotContain("READ");
        assertThat(Files.list(outside)).containsExactly(outside.resolve("file"));
        assertThat(outside.resolve("file")).hasContent(TREASURE);
        assertThat(writtenBelow(folder.resolve("out"))).allMatch(text -> !text.contains(TREASURE));
    }

    private static List<String> writtenBelow(Path out) throws IOException {
        if (!Files.exists(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(out)) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                texts.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
            return texts;
        }
    }
}
