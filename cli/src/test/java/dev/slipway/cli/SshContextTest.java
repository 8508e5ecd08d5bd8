package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.SlipwayProcess.Outcome;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Repositories that git reaches by ssh. In place of the program a script runs the other end of the connection on this
 * machine, so that git speaks its own protocol, but nobody has to let anyone in.
 */
@Tag("end-to-end")
class SshContextTest {

    @TempDir
    private Path folder;

    private Path programs;
    private Path called;

    @BeforeEach
    void makeRepositoryAndProgram() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source/sub"));
        Files.writeString(source.resolve("Dockerfile"), "FROM scratch\nCOPY file /\n");
        Files.writeString(source.resolve("file"), "over ssh");
        git(folder.resolve("source"), "init", "-q", "-b", "main");
        git(folder.resolve("source"), "add", ".");
        git(folder.resolve("source"), "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "x");
        programs = Files.createDirectories(folder.resolve("bin"));
        called = folder.resolve("called");
        Files.writeString(programs.resolve("ssh"), """
                #!/bin/sh
                echo "agent=$SSH_AUTH_SOCK $*" >> %s
                while [ "${1#-}" != "$1" ]; do
                  case $1 in -F | -o | -p) shift 2 ;; *) shift ;; esac
                done
                shift
                exec sh -c "$*"
                """.formatted(called));
        Files.setPosixFilePermissions(programs.resolve("ssh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void git(Path repository, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("git").directory(repository.toFile()).inheritIO();
        builder.command().addAll(List.of(arguments));
        assertThat(builder.start().waitFor()).isZero();
    }

    private Outcome build(String context) throws Exception {
        try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.bind(UnixDomainSocketAddress.of(folder.resolve("agent")));
            return run(context);
        }
    }

    private Outcome run(String context) throws Exception {
        return SlipwayProcess.run(
                folder.resolve("home"),
                new byte[0],
                Map.of("PATH", programs + ":" + System.getenv("PATH")),
                "build",
                "--ssh",
                "default=" + folder.resolve("agent"),
                "--output",
                folder.resolve("out").toString(),
                context);
    }

    @Test
    void aRepositoryIsFetchedWithTheClientsAgent() throws Exception {
        Outcome outcome = build("ssh://git@example.org:2222" + folder.resolve("source/.git") + "#main:sub");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(folder.resolve("out/file")).hasContent("over ssh");
        assertThat(Files.readString(called))
                .contains("agent=" + folder.resolve("agent"), "-p 2222", "git@example.org git-upload-pack");
    }

    @Test
    void soIsOneInTheFormOfScp() throws Exception {
        Outcome outcome = build("someone@example.org:" + folder.resolve("source/.git") + "?branch=main&subdir=sub");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(folder.resolve("out/file")).hasContent("over ssh");
        assertThat(Files.readString(called)).contains("someone@example.org git-upload-pack");
    }

    @Test
    void neitherTheKeysOfThisUserNorHisTerminalAreUsed() throws Exception {
        build("ssh://git@example.org" + folder.resolve("source/.git") + "#main:sub");
        assertThat(Files.readString(called)).contains("-F /dev/null", "-o IdentityFile=none", "-o BatchMode=yes");
    }

    @Test
    void whySshFailedIsSaidAndNotOfWhatItWarned() throws Exception {
        Files.writeString(programs.resolve("ssh"), """
                #!/bin/sh
                case $* in
                  *LogLevel=ERROR*) ;;
                  *) echo "Warning: Permanently added 'example.org' to the list of known hosts." >&2 ;;
                esac
                echo "git@example.org: Permission denied (publickey)." >&2
                exit 255
                """);
        Outcome outcome = build("ssh://git@example.org/repository.git");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains(" failed: git@example.org: Permission denied (publickey).; check the address");
    }
}
