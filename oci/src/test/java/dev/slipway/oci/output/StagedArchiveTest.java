package dev.slipway.oci.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedArchiveTest {

    private static final byte[] BYTES = {1, 2, 3};

    @TempDir
    private Path folder;

    @Test
    void whatKilledWritersOfTheSameNameHaveLeftIsRemovedAndNothingElse() throws Exception {
        String id = UUID.randomUUID().toString();
        Path left = Files.writeString(folder.resolve(".file." + id), "half");
        Path lock = Files.writeString(folder.resolve(".file." + id + ".lock"), "");
        Path ofAnother = Files.writeString(folder.resolve(".file2." + id + ".lock"), "");
        Path unlike = Files.writeString(folder.resolve(".file.conf.lock"), "");
        Path withoutLock = Files.writeString(folder.resolve(".file." + UUID.randomUUID()), "somebody's");

        write(folder.resolve("file"), first -> {
            first.write(BYTES);
            write(folder.resolve("file"), second -> second.write(1));
        });

        assertThat(folder.resolve("file")).hasBinaryContent(BYTES);
        assertThat(folder).isDirectoryNotContaining(path -> path.equals(left) || path.equals(lock));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(folder.resolve("file"), ofAnother, unlike, withoutLock);
        }
    }

    @Test
    void whatAnotherProcessIsWritingStays() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs another program that locks files");
        String id = UUID.randomUUID().toString();
        Path half = Files.writeString(folder.resolve(".file." + id), "half");
        Path lock = Files.writeString(folder.resolve(".file." + id + ".lock"), "");
        String program = "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.lockf(f, fcntl.LOCK_EX);"
                + " print('locked', flush=True); sys.stdin.read()";
        Process writer = new ProcessBuilder("python3", "-c", program, lock.toString()).start();
        try {
            assertThat(writer.getInputStream().read()).isEqualTo('l');
            write(folder.resolve("file"), out -> out.write(BYTES));
            assertThat(half).hasContent("half");
        } finally {
            writer.destroyForcibly().waitFor();
        }
        write(folder.resolve("file"), out -> out.write(BYTES));
        assertThat(half).doesNotExist();
    }

    @Test
    void aLinkStaysAndLeadsToTheNewFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        write(link, out -> out.write(BYTES));
        assertThat(link).isSymbolicLink();
        assertThat(file).hasBinaryContent(BYTES);
    }

    @Test
    @Tag("end-to-end")
    void whatIsNoFileTakesTheBytesAndStays() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "needs mkfifo");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readAllBytes(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        write(pipe, out -> out.write(BYTES));
        assertThat(read.get()).isEqualTo(BYTES);
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
    }

    @Test
    void nothingIsSeenBeforeItIsPublishedAndNothingStaysOfWhatWasNot() throws Exception {
        Path file = folder.resolve("new/folders/file");
        StagedOutput published =
                StagedArchive.write(Output.ociArchive(file), out -> out.write(BYTES), StepMonitor.NONE);
        assertThat(file).doesNotExist();
        published.publish();
        published.close();
        assertThat(file).hasBinaryContent(BYTES);

        Path other = folder.resolve("other/folders/file");
        StagedArchive.write(Output.ociArchive(other), out -> out.write(BYTES), StepMonitor.NONE)
                .close();
        assertThat(folder.resolve("other")).doesNotExist();
        assertThat(file.getParent()).isDirectoryNotContaining(path -> !path.equals(file));
    }

    private static void write(Path file, StagedArchive.Content content) throws IOException, InterruptedException {
        try (StagedOutput staged = StagedArchive.write(Output.ociArchive(file), content, StepMonitor.NONE)) {
            staged.publish();
        }
    }
}
