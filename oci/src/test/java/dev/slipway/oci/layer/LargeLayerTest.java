package dev.slipway.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.oci.Processes;
import dev.slipway.oci.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the size of a layer. */
@Tag("end-to-end")
class LargeLayerTest {

    private static final long SIZE = 512L << 20;

    @TempDir
    Path temp;

    @Test
    void halfAGigabyteIsWrittenAndReadInASmallHeap() throws IOException {
        List<String> output = Processes.lines(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                temp.resolve("blob").toString()));

        assertThat(output).isEmpty();
    }

    /** What runs in the small heap. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            LayerBlob blob;
            try (OutputStream out = Files.newOutputStream(file);
                    LayerBlobWriter writer = new LayerBlobWriter(out, Compression.GZIP)) {
                try (LayerWriter tar = new LayerWriter(writer.tar())) {
                    tar.write(FileEntry.file("large", 0644, SIZE), new Pattern());
                }
                blob = writer.finish();
            }
            InputStream in = VerifyingInputStream.of(Files.newInputStream(file), blob.descriptor());
            try (LayerReader reader = LayerReader.ofLayer(in, LayerLimits.DEFAULT)) {
                boolean same = reader.next().orElseThrow().size() == SIZE
                        && reader.next().isEmpty()
                        && reader.diffId().equals(blob.diffId());
                if (!same) {
                    throw new IOException("what was read is not what was written");
                }
            }
        }
    }

    /** Half a gigabyte of something that can be compressed a little. */
    private static final class Pattern extends InputStream {

        private long position;

        @Override
        public int read() {
            return position < SIZE ? (int) (position++ * position >> 9) & 0xFF : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int n = (int) Math.min(length, SIZE - position);
            for (int i = 0; i < n; i++) {
                buffer[offset + i] = (byte) read();
            }
            return n == 0 ? -1 : n;
        }
    }
}
