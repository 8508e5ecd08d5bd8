package dev.slipway.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.VerifyingInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LayerRoundTripTest {

    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

    static Stream<FileEntry> entries() {
        return Stream.of(
                FileEntry.directory("", 0755),
                FileEntry.directory("usr/bin", 01777).withOwner(1, 2).withModified(TIME),
                FileEntry.file("empty", 0644, 0),
                FileEntry.file("usr/bin/su", 04755, 5).withOwner(0, 0).withModified(TIME),
                FileEntry.file("nobody", 0600, 3).withOwner(0xFFFF_FFFEL, 0xFFFF_FFFFL),
                FileEntry.file("before 1970", 0600, 3).withModified(Instant.ofEpochSecond(-12345)),
                FileEntry.file("far future", 0600, 3).withModified(Instant.ofEpochSecond(1L << 40)),
                FileEntry.file("한국어/naïve ☃ 😀.txt", 0644, 1),
                FileEntry.file("not UTF-8 \uDCFF\uDC80\uDCE9.txt", 0644, 1),
                FileEntry.file("a\nb =c", 0644, 1),
                FileEntry.file("n".repeat(100), 0644, 1),
                FileEntry.file("n".repeat(101), 0644, 1),
                FileEntry.file("d".repeat(155) + "/" + "n".repeat(100), 0644, 1),
                FileEntry.file("d".repeat(156) + "/" + "n".repeat(100), 0644, 1),
                FileEntry.directory("d".repeat(154) + "/" + "n".repeat(99), 0755),
                FileEntry.file("deep/".repeat(700) + "file", 0644, 1),
                FileEntry.symlink("link", "../../etc/passwd"),
                FileEntry.symlink("absolute", "/etc/passwd"),
                FileEntry.symlink("long", "../".repeat(100)),
                FileEntry.symlink("ünicode", "ä"),
                FileEntry.hardLink("usr/bin/sudo", "usr/bin/su").withMode(04755),
                FileEntry.hardLink("l".repeat(300), "t".repeat(300)),
                FileEntry.device("dev/null", EntryType.CHARACTER_DEVICE, 0666, 1, 3),
                FileEntry.device("dev/sda1", EntryType.BLOCK_DEVICE, 0660, 8, 1).withOwner(0, 6),
                FileEntry.fifo("run/pipe", 0600),
                FileEntry.whiteout("gone"),
                FileEntry.whiteout("usr/share/gone"),
                FileEntry.opaque("usr/share"),
                FileEntry.opaque(""),
                FileEntry.file("usr/bin/newuidmap", 0755, 1)
                        .withXattrs(Map.of("security.capability", Bytes.of(new byte[] {
                            1, 0, 0, 2, (byte) 0x80, (byte) 0xFF, 0, '\n', '=', (byte) 0xC3, 0x28, 0, 0
                        }))));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void anEntryComesBackAsItWasWritten(FileEntry entry) throws IOException {
        byte[] content = "x".repeat((int) entry.size()).getBytes(StandardCharsets.US_ASCII);
        byte[] tar = tar(entry, content);

        assertThat(tar.length % 512).isZero();
        try (LayerReader reader = LayerReader.ofLayer(new ByteArrayInputStream(tar), LayerLimits.DEFAULT)) {
            assertThat(reader.next()).contains(entry);
            assertThat(reader.content().readAllBytes()).isEqualTo(content);
            assertThat(reader.next()).isEmpty();
            assertThat(reader.diffId()).isEqualTo(Digest.sha256(tar));
            assertThat(reader.unpackedSize()).isEqualTo(tar.length);
        }
    }

    @Test
    void timesAreWrittenInWholeSeconds() throws IOException {
        FileEntry entry = FileEntry.file("f", 0644, 0).withModified(TIME.plusNanos(999_999_999));

        assertThat(read(tar(entry, new byte[0]))).containsExactly(entry.withModified(TIME));
    }

    @Test
    void allExtendedAttributesOfAnEntryAreWritten() throws IOException {
        FileEntry entry = FileEntry.file("f", 0644, 0).withXattrs(Map.of("user.note", Bytes.utf8("x")));

        assertThat(read(tar(entry, new byte[0]))).containsExactly(entry);
    }

    @Test
    void contentOfAnotherSizeIsRefused() {
        FileEntry entry = FileEntry.file("etc/motd", 0644, 2);

        assertThatThrownBy(() -> tar(entry, new byte[1]))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("etc/motd changed its size while it was read; it should have 2 bytes");
        assertThatThrownBy(() -> tar(entry, new byte[3])).isInstanceOf(InvalidImageException.class);
    }

    /** What is written in each format is known again by its first bytes, and by its media type. */
    @ParameterizedTest
    @EnumSource
    void eachFormatIsRecognized(Compression.Format format) throws IOException {
        Compression compression = compressions()
                .filter(one -> one.format() == format)
                .findFirst()
                .orElseThrow(() -> new AssertionError("compressions() has none of the format " + format));
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        try (LayerBlobWriter writer = new LayerBlobWriter(blob, compression)) {
            new LayerWriter(writer.tar()).close();
            writer.finish();
        }

        assertThat(Decompression.format(new ByteArrayInputStream(blob.toByteArray())))
                .isEqualTo(Decompression.format(format));
        assertThat(List.of(MediaTypes.layer(format), MediaTypes.dockerLayer(MediaTypes.layer(format))))
                .allSatisfy(type -> assertThat(MediaTypes.compression(type)).contains(format));
    }

    static Stream<Compression> compressions() {
        return Stream.of(
                Compression.NONE,
                Compression.GZIP,
                new Compression(Compression.Format.GZIP, 0),
                new Compression(Compression.Format.GZIP, 1),
                new Compression(Compression.Format.GZIP, 9),
                Compression.ZSTD,
                new Compression(Compression.Format.ZSTD, 0),
                new Compression(Compression.Format.ZSTD, 9),
                new Compression(Compression.Format.ZSTD, 19));
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void aBlobHasTheDigestsItSays(Compression compression) throws IOException {
        for (int size : new int[] {0, 1, 131_072 - 512, 131_072, 131_073, 1_000_000, 5_000_000}) {
            byte[] content = mixedContent(size);
            ByteArrayOutputStream blob = new ByteArrayOutputStream();
            LayerBlob layer;
            try (LayerBlobWriter writer = new LayerBlobWriter(blob, compression)) {
                try (LayerWriter entries = new LayerWriter(writer.tar())) {
                    entries.write(FileEntry.file("f", 0644, size), new ByteArrayInputStream(content));
                }
                layer = writer.finish();
            }
            byte[] bytes = blob.toByteArray();
            assertThat(layer.descriptor().digest()).isEqualTo(Digest.sha256(bytes));
            assertThat(layer.descriptor().size()).isEqualTo(bytes.length);
            assertThat(layer.descriptor().mediaType()).isEqualTo(MediaTypes.layer(compression.format()));

            InputStream in = VerifyingInputStream.of(new ByteArrayInputStream(bytes), layer.descriptor());
            try (LayerReader reader = LayerReader.ofLayer(in, LayerLimits.DEFAULT)) {
                assertThat(reader.next()).contains(FileEntry.file("f", 0644, size));
                assertThat(reader.content().readAllBytes()).isEqualTo(content);
                assertThat(reader.next()).isEmpty();
                assertThat(reader.diffId()).isEqualTo(layer.diffId());
                assertThat(reader.unpackedSize()).isEqualTo(layer.unpackedSize());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void theSameContentGivesTheSameBytesHoweverItIsWritten(Compression compression) throws IOException {
        byte[] content = mixedContent(3_000_000);
        List<Digest> digests = new ArrayList<>();
        for (int chunk : new int[] {content.length, 1 << 16, 12_345}) {
            LayerBlobWriter writer = new LayerBlobWriter(new ByteArrayOutputStream(), compression);
            for (int i = 0; i < content.length; i += chunk) {
                writer.tar().write(content, i, Math.min(chunk, content.length - i));
            }
            digests.add(writer.finish().descriptor().digest());
        }
        assertThat(digests).containsOnly(digests.get(0));
    }

    @Test
    void gzipReadsWhatIsWrittenAndNoiseIsStoredCheaply() throws IOException {
        byte[] noise = new byte[5_000_000];
        new Random(7).nextBytes(noise);
        for (byte[] content : List.of(noise, mixedContent(5_000_000), new byte[0], new byte[131_072])) {
            ByteArrayOutputStream blob = new ByteArrayOutputStream();
            try (GzipOutputStream gzip = new GzipOutputStream(blob, 6)) {
                gzip.write(content);
            }
            assertThat(blob.size()).isLessThan(content.length + content.length / 1000 + 100);
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(blob.toByteArray()))) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            }
        }
    }

    private static byte[] mixedContent(int size) {
        byte[] content = new byte[size];
        Random random = new Random(42);
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i % 4096 < 2048 ? 'a' + i % 7 : random.nextInt());
        }
        return content;
    }

    private static byte[] tar(FileEntry entry, byte[] content) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (LayerWriter writer = new LayerWriter(tar)) {
            writer.write(entry, new ByteArrayInputStream(content));
        }
        return tar.toByteArray();
    }

    private static List<FileEntry> read(byte[] tar) throws IOException {
        List<FileEntry> entries = new ArrayList<>();
        try (LayerReader reader = LayerReader.ofLayer(new ByteArrayInputStream(tar), LayerLimits.DEFAULT)) {
            for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entries.add(entry.get());
            }
        }
        return entries;
    }
}
