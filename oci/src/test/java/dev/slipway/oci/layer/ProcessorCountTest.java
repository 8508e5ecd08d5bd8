package dev.slipway.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Compression.Format;
import dev.slipway.oci.Processes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A layer is the same on every machine, whatever the number of its processors and so of the threads that compress. */
@Tag("end-to-end")
class ProcessorCountTest {

    private static final int SIZE = 20_000_000;
    private static final List<Compression> COMPRESSIONS = List.of(
            Compression.GZIP,
            new Compression(Format.GZIP, 1),
            Compression.ZSTD,
            new Compression(Format.ZSTD, 1),
            new Compression(Format.ZSTD, 9),
            new Compression(Format.ZSTD, 10));

    @Test
    void theBytesOfALayerDoNotDependOnTheNumberOfProcessors() throws IOException {
        List<String> one = digests(1);

        assertThat(one).doesNotHaveDuplicates().hasSize(COMPRESSIONS.size());
        assertThat(digests(2)).isEqualTo(one);
        assertThat(digests(7)).isEqualTo(one);
    }

    private static List<String> digests(int processors) throws IOException {
        return Processes.lines(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ActiveProcessorCount=" + processors,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    }

    /** What runs on so many processors. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) throws IOException {
            byte[] content = content();
            for (Compression compression : COMPRESSIONS) {
                try (LayerBlobWriter writer = new LayerBlobWriter(OutputStream.nullOutputStream(), compression)) {
                    writer.tar().write(content);
                    System.out.println(writer.finish().descriptor().digest());
                }
            }
        }

        /** Words, and noise between them. */
        private static byte[] content() {
            byte[] content = new byte[SIZE];
            Random random = new Random(3);
            random.nextBytes(content);
            for (int at = 0; at < SIZE; at += 300_000) {
                for (int i = at; i < Math.min(SIZE, at + 200_000); i++) {
                    content[i] = (byte) ('a' + random.nextInt(4));
                }
            }
            return content;
        }
    }
}
