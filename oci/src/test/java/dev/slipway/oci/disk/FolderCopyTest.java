package dev.slipway.oci.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class FolderCopyTest {

    private static final Instant TIME = Instant.parse("2001-02-03T04:05:06.789012345Z");

    @TempDir
    private Path folder;

    private Path source;
    private Path target;

    @BeforeEach
    void makeFolder() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
        target = folder.resolve("target");
    }

    @Test
    void pipesAndSocketsAreNotOpened() throws Exception {
        Posix.get().makeNode(source.resolve("pipe"), Posix.FIFO | 0640, 0, 0);
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(source.resolve("socket")));
            FolderCopy.copy(source, target, Privileges.NONE);
        }

        assertThat(status("pipe").mode()).isEqualTo(Posix.FIFO | 0640);
        assertThat(status("socket").mode() & 0170000).isEqualTo(Posix.SOCKET);
    }

    @Test
    void aPipeAloneIsCopiedToo() throws Exception {
        Path pipe = source.resolve("pipe");
        Posix.get().makeNode(pipe, Posix.FIFO | 0600, 0, 0);
        FolderCopy.copy(pipe, target, Privileges.NONE);

        assertThat(FileStatus.of(target).mode()).isEqualTo(Posix.FIFO | 0600);
    }

    @Test
    void filesKeepModesTimesAndNames() throws Exception {
        Path file = Files.writeString(source.resolve("file"), "text");
        Files.createLink(source.resolve("again"), file);
        Files.createSymbolicLink(source.resolve("link"), Path.of("/nowhere"));
        Files.setAttribute(file, "unix:mode", 04711);
        Files.setLastModifiedTime(file, FileTime.from(TIME));
        Path closed = Files.createDirectory(source.resolve("closed"));
        Files.setAttribute(Files.writeString(closed.resolve("hidden"), "x"), "unix:mode", 0);
        Files.setAttribute(closed, "unix:mode", 0);
        FolderCopy.copy(source, target, Privileges.NONE);

        assertThat(target.resolve("file")).hasContent("text");
        assertThat(status("file").mode() & 07777).isEqualTo(04711);
        assertThat(status("file").modified()).isEqualTo(TIME);
        assertThat(status("again").inode()).isEqualTo(status("file").inode());
        assertThat(Files.readSymbolicLink(target.resolve("link"))).isEqualTo(Path.of("/nowhere"));
        assertThat(status("closed").mode() & 07777).isZero();
        assertThat(FileStatus.of(source.resolve("closed")).mode() & 07777).isZero();
        Files.setAttribute(target.resolve("closed"), "unix:mode", 0700);
        assertThat(status("closed/hidden").mode() & 07777).isZero();
        assertThat(status("closed/hidden").size()).isEqualTo(1);
    }

    @Test
    void aDeviceIsAnEmptyFileWhereNoneCanBeMade() throws Exception {
        try {
            Posix.get().makeNode(source.resolve("null"), Posix.CHARACTER_DEVICE | 0666, 1, 3);
        } catch (IOException e) {
            return; // Nobody but root makes one.
        }
        FolderCopy.copy(source, target, Privileges.NONE);

        assertThat(Files.isRegularFile(target.resolve("null"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    private FileStatus status(String name) throws IOException {
        return FileStatus.of(target.resolve(name));
    }
}
