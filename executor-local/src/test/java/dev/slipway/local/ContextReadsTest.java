package dev.slipway.local;

import static dev.slipway.local.TestBuild.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes a folder another one, and how much of it is read to find out. */
class ContextReadsTest {

    private static final Path COUNTS = Path.of("/proc/self/io");
    private static final int FILES = 20;
    private static final int SIZE = 1_000_000;

    @TempDir
    private Path folder;

    private Path context() throws IOException {
        return Files.createDirectories(folder.resolve("context"));
    }

    private Digest key() throws InterruptedException {
        try (LocalExecutor executor = LocalExecutor.open(ExecutorSettings.of(folder.resolve("home")));
                VertexWork work =
                        executor.begin(BuildSession.of(Map.of("context", folder.resolve("context")), Map.of()))) {
            return work.sourceKey(local(), StepMonitor.NONE);
        }
    }

    @Test
    void timesMakeNoDifferenceAndModesDo() throws Exception {
        Path file = Files.writeString(context().resolve("f"), "text");
        Digest before = key();
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertThat(key()).isEqualTo(before);
        Files.delete(file);
        Files.writeString(file, "text");
        assertThat(key()).as("a new file with the same content").isEqualTo(before);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        assertThat(key()).isNotEqualTo(before);
    }

    @Test
    void contentMakesADifferenceWhereSizeTimeAndInodeDoNot() throws Exception {
        Path file = context().resolve("f");
        FileTime time = FileTime.from(Instant.ofEpochSecond(1_000_000_000));
        Digest last = null;
        for (int i = 0; i < 20; i++) {
            Files.writeString(file, "text" + (char) ('a' + i));
            Files.setLastModifiedTime(file, time);
            Digest now = key();
            assertThat(now).as("change " + i).isNotEqualTo(last);
            last = now;
        }
    }

    /** How many bytes this process has read, from whatever file. */
    private static long bytesRead() throws IOException {
        return Files.readAllLines(COUNTS).stream()
                .filter(line -> line.startsWith("rchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
                .findFirst()
                .orElseThrow();
    }

    private long bytesReadForKey() throws Exception {
        long before = bytesRead();
        key();
        return bytesRead() - before;
    }

    @Test
    void eachFileIsReadOnceAChange() throws Exception {
        assumeTrue(Files.exists(COUNTS), "needs the kernel's counts of what a process reads");
        for (int i = 0; i < FILES; i++) {
            Files.write(context().resolve("f" + i), new byte[SIZE]);
            try (var out = Files.newOutputStream(context().resolve("f" + i), java.nio.file.StandardOpenOption.APPEND)) {
                out.write(i);
            }
        }
        // So long ago that the file system's clock tells a change from none.
        Thread.sleep(2500);
        assertThat(bytesReadForKey()).isBetween((long) FILES * SIZE, (long) FILES * SIZE * 3 / 2);
        assertThat(bytesReadForKey()).as("nothing has changed").isLessThan(SIZE / 2);
        Files.write(context().resolve("f3"), new byte[SIZE + 7]);
        Thread.sleep(2500);
        assertThat(bytesReadForKey()).as("one has changed").isBetween((long) SIZE, (long) SIZE * 3 / 2);
        assertThat(bytesReadForKey()).isLessThan(SIZE / 2);
    }
}
