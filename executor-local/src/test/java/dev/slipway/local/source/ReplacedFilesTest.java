package dev.slipway.local.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.TestBuild;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can write to a context cannot make a build read what is outside of it, not even by being quick. */
class ReplacedFilesTest {

    @TempDir
    private Path folder;

    private Path outside;

    @BeforeEach
    void putASecretOutside() throws IOException {
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), "SECRET");
    }

    @Test
    void aFileThatBecameALinkIsNotRead() throws IOException {
        Path context = Files.createDirectory(folder.resolve("context"));
        Path link = Files.createSymbolicLink(context.resolve("file"), outside.resolve("file"));
        try (PinnedFolder pinned = PinnedFolder.open(context)) {
            assertThatThrownBy(() -> pinned.read(link))
                    .hasMessage(link + " was replaced while it was read; build again");
        }
    }

    @Test
    void aFolderThatBecameALinkIsNotEntered() throws IOException {
        Path context = Files.createDirectory(folder.resolve("context"));
        Path link = Files.createSymbolicLink(context.resolve("sub"), outside);
        String message = link + " was replaced while it was read; build again";
        try (PinnedFolder pinned = PinnedFolder.open(context);
                DirectoryStream<Path> top = Files.newDirectoryStream(context)) {
            assertThatThrownBy(() -> pinned.read(link.resolve("file"))).hasMessage(message);
            assertThatThrownBy(() -> PinnedFolder.list(top, link)).hasMessage(message);
        }
    }

    @Test
    void aFolderThatIsReplacedWhileItIsReadStaysTheOneThatWasOpened() throws IOException {
        Path context = Files.createDirectory(folder.resolve("context"));
        Path sub = Files.createDirectory(context.resolve("sub"));
        Files.writeString(sub.resolve("first"), "1");
        Files.writeString(sub.resolve("file"), "inside");
        try (PinnedFolder pinned = PinnedFolder.open(context)) {
            pinned.read(sub.resolve("first")).close();
            Files.move(sub, context.resolve("elsewhere"));
            Files.createSymbolicLink(sub, outside);
            try (SeekableByteChannel file = pinned.read(sub.resolve("file"))) {
                assertThat(file.size()).isEqualTo("inside".length());
            }
        }
    }

    @Test
    void aRaceBringsNothingIn() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            build.put("sub/file", "inside").put("file", "inside");
            AtomicBoolean over = new AtomicBoolean();
            Thread attacker = new Thread(() -> swap(build.context, over));
            attacker.start();
            try {
                for (int i = 0; i < 300; i++) {
                    String session = String.valueOf(i);
                    try {
                        assertThat(build.list(TestBuild.local(Map.of("local.session", session)))
                                        .toString())
                                .doesNotContain("SECRET");
                    } catch (ExecutorException e) {
                        assertThat(e).hasMessageContaining("while it was read; build again");
                    }
                }
            } finally {
                over.set(true);
                attacker.join();
            }
        }
    }

    private void swap(Path context, AtomicBoolean over) {
        try {
            Path aside = Files.createDirectory(folder.resolve("aside"));
            Path fileLink = Files.createSymbolicLink(aside.resolve("file-link"), outside.resolve("file"));
            Path folderLink = Files.createSymbolicLink(aside.resolve("folder-link"), outside);
            while (!over.get()) {
                exchange(context.resolve("file"), fileLink, aside.resolve("file"));
                exchange(context.resolve("sub"), folderLink, aside.resolve("sub"));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts the link in the place of what is there for a moment. */
    private static void exchange(Path place, Path link, Path aside) throws IOException {
        Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
        Files.move(link, place, StandardCopyOption.ATOMIC_MOVE);
        Files.move(place, link, StandardCopyOption.ATOMIC_MOVE);
        Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
    }
}
