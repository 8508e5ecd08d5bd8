package dev.slipway.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.oci.InvalidImageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileArchiveTest {

    private static final byte[] NOTHING = new byte[0];
    private static final String PARTS = "the archive is damaged: the parts of a file with holes do not fit together";

    static Stream<Arguments> refused() {
        byte[] longHeader = TarBytes.header('x', "x", "", 2 << 20);
        byte[] negativeSize = TarBytes.header('0', "f", "", 0);
        Arrays.fill(negativeSize, TarFormat.SIZE.offset(), TarFormat.SIZE.offset() + 12, (byte) 0xFF);
        byte[] hugeSize = TarBytes.header('0', "f", "", 0);
        Arrays.fill(hugeSize, TarFormat.SIZE.offset(), TarFormat.SIZE.offset() + 12, (byte) 0xBF);
        byte[] words = TarBytes.header('0', "f", "", 0);
        TarBytes.put(words, TarFormat.UID, "root");
        byte[] negativeOwner = TarBytes.header('0', "f", "", 0);
        Arrays.fill(negativeOwner, TarFormat.GID.offset(), TarFormat.GID.offset() + 8, (byte) 0xFF);
        return Stream.of(
                arguments(new TarBytes().file("../f").end(), "a name in the archive leads out of its folder: ../f"),
                arguments(
                        new TarBytes().file("a/../../f").end(),
                        "a name in the archive leads out of its folder: a/../../f"),
                arguments(
                        new TarBytes().file("a/..").end(),
                        "a name in the archive goes back up with \"..\", which no layer needs: a/.."),
                arguments(
                        new TarBytes().file("a/../t").end(),
                        "a name in the archive goes back up with \"..\", which no layer needs: a/../t"),
                arguments(new TarBytes().file("/../f").end(), "a name in the archive leads out of its folder: /../f"),
                arguments(new TarBytes().file("").end(), "a member of the archive has no name"),
                arguments(new TarBytes().file("./").end(), "the root of the archive is not a folder"),
                arguments(
                        new TarBytes()
                                .pax(TarBytes.record("path", "a\0b"))
                                .file("f")
                                .end(),
                        "a name in the archive has a NUL character: a?b"),
                arguments(
                        new TarBytes()
                                .pax(TarBytes.record("path", "a/".repeat(100_000) + "b"))
                                .file("f")
                                .end(),
                        "a path in the archive is longer than the 4095 bytes that Linux takes: " + "a/".repeat(40)
                                + "..."),
                arguments(
                        new TarBytes()
                                .pax(TarBytes.record("linkpath", "x".repeat(4096)))
                                .member('2', "l", "x", NOTHING)
                                .end(),
                        "a path in the archive is longer than the 4095 bytes that Linux takes: " + "x".repeat(80)
                                + "..."),
                arguments(
                        new TarBytes()
                                .member('1', "l", "../../etc/shadow", NOTHING)
                                .end(),
                        "a name in the archive leads out of its folder: ../../etc/shadow"),
                arguments(
                        new TarBytes().member('1', "l", "/", NOTHING).end(),
                        "the hard link l in the archive leads to the root folder"),
                arguments(
                        new TarBytes().member('2', "l", "", NOTHING).end(),
                        "the link l in the archive has no valid target"),
                arguments(new TarBytes().file("a/.wh.").end(), "invalid whiteout in the layer: a/.wh."),
                arguments(new TarBytes().file("a/.wh..").end(), "invalid whiteout in the layer: a/.wh.."),
                arguments(new TarBytes().file(".wh...").end(), "invalid whiteout in the layer: .wh..."),
                arguments(new TarBytes().file("a/.wh..wh.x").end(), "invalid whiteout in the layer: a/.wh..wh.x"),
                arguments(new TarBytes().file("a/.wh.b/c").end(), "invalid whiteout in the layer: a/.wh.b/c"),
                arguments(
                        new TarBytes().member('Q', "f", "", NOTHING).end(),
                        "f in the archive is of an unknown type (81)"),
                arguments(
                        new TarBytes().pax("12 path=abcde").file("f").end(), "a PAX header of the archive is damaged"),
                arguments(new TarBytes().pax("0 \n").file("f").end(), "a PAX header of the archive is damaged"),
                arguments(new TarBytes().pax("-5 a=b\n").file("f").end(), "a PAX header of the archive is damaged"),
                arguments(
                        new TarBytes().pax("99999999 a=b\n").file("f").end(), "a PAX header of the archive is damaged"),
                arguments(new TarBytes().pax("7 a:bc\n").file("f").end(), "a PAX header of the archive is damaged"),
                arguments(
                        new TarBytes()
                                .pax(TarBytes.record("size", "-1"))
                                .file("f")
                                .end(),
                        "the size of f in the archive is negative"),
                arguments(
                        new TarBytes()
                                .pax(TarBytes.record("size", "1e9"))
                                .file("f")
                                .end(),
                        "invalid value of \"size\" in a tar header: \"1e9\""),
                arguments(
                        new TarBytes()
                                .pax(TarBytes.record("mtime", "soon"))
                                .file("f")
                                .end(),
                        "invalid value of \"mtime\" in a tar header: \"soon\""),
                arguments(
                        new TarBytes()
                                .pax(TarBytes.record("mtime", "9".repeat(18)))
                                .file("f")
                                .end(),
                        "a time in a tar header is out of range: " + "9".repeat(18)),
                arguments(
                        new TarBytes()
                                .pax(TarBytes.record("uid", "4294967296"))
                                .file("f")
                                .end(),
                        "owner or device number 4294967296 of f in the archive is out of range"),
                arguments(
                        new TarBytes().raw(longHeader, NOTHING).end(),
                        "an extended header of the archive has 2097152 bytes; at most 1048576 are allowed"),
                arguments(
                        new TarBytes()
                                .raw(TarBytes.sealed(negativeSize), NOTHING)
                                .end(),
                        "the size of f in the archive is negative"),
                arguments(
                        new TarBytes().raw(TarBytes.sealed(hugeSize), NOTHING).end(),
                        "a number in a tar header is too large"),
                arguments(
                        new TarBytes().raw(TarBytes.sealed(words), NOTHING).end(),
                        "a number in a tar header is not octal: \"root\""),
                arguments(
                        new TarBytes()
                                .raw(TarBytes.sealed(negativeOwner), NOTHING)
                                .end(),
                        "owner or device number -1 of f in the archive is out of range"),
                arguments(
                        new TarBytes()
                                .raw(TarBytes.put(TarBytes.header('0', "f", "", 0), TarFormat.NAME, "g"), NOTHING)
                                .end(),
                        "this is not a tar archive, or it is damaged: wrong checksum of a header"),
                arguments("hello".repeat(200).getBytes(), "a number in a tar header is not octal: \"lohelloh\""),
                arguments("hello".getBytes(), "the archive ends too early"),
                arguments(
                        new TarBytes()
                                .raw(TarBytes.header('0', "f", "", 1000), new byte[50])
                                .unfinished(),
                        "the archive ends too early"),
                arguments(
                        new TarBytes().pax(TarBytes.record("path", "x")).end(),
                        "the archive ends after an extended header"),
                arguments(
                        new TarBytes().raw(new byte[512], NOTHING).file("f").end(),
                        "the archive is damaged: it goes on after an empty block"),
                arguments(
                        new TarBytes()
                                .pax(TarBytes.record("GNU.sparse.major", "2"))
                                .file("f")
                                .end(),
                        "a file of the archive is stored with holes in a way that is not known; make the archive again"
                                + " without --sparse"),
                arguments(withHoles("0,1", "1"), PARTS),
                arguments(withHoles("0,1,0,1", "9"), PARTS),
                arguments(withHoles("5,-5", "9"), PARTS),
                arguments(withHoles("1,0", "0"), PARTS),
                arguments(
                        withHoles("9,9223372036854775807", "9"),
                        "invalid value of \"GNU.sparse.map\" in a tar header: " + "\"9223372036854775807\""),
                arguments(
                        withHoles("0,0", "800000000000000000"), "the archive expands to more than 549755813888 bytes"),
                arguments(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0}, null),
                arguments(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 9, 9, 9, 9, 9, 9}, null),
                arguments(new byte[] {'B', 'Z', 'h', '9', 1, 2, 3, 4, 5, 6, 7, 8, 9}, null),
                arguments(new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0, 0, 4, 1, 2, 3, 4, 5}, null));
    }

    private static byte[] withHoles(String map, String size) {
        return new TarBytes()
                .pax(TarBytes.record("GNU.sparse.map", map), TarBytes.record("GNU.sparse.size", size))
                .file("f")
                .end();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void anArchiveIsRefusedWithAClearMessage(byte[] archive, String message) {
        assertThatThrownBy(() -> read(archive, LayerLimits.DEFAULT))
                .isInstanceOf(InvalidImageException.class)
                .satisfies(e -> {
                    if (message != null) {
                        assertThat(e).hasMessage(message);
                    }
                });
    }

    static Stream<Arguments> cleaned() {
        return Stream.of(
                arguments("a", "a"),
                arguments("./a//b/./c", "a/b/c"),
                arguments("/etc/passwd", "etc/passwd"),
                arguments("///a", "a"),
                arguments("a/...", "a/..."),
                arguments("..a/b..", "..a/b.."),
                arguments("a/.b", "a/.b"),
                arguments("a\\..\\b", "a\\..\\b"),
                arguments("C:/x", "C:/x"));
    }

    @ParameterizedTest
    @MethodSource("cleaned")
    void namesAreHandedOverClean(String name, String path) throws IOException {
        assertThat(read(new TarBytes().file(name).end(), LayerLimits.DEFAULT))
                .extracting(FileEntry::path)
                .containsExactly(path);
    }

    @Test
    void whiteoutsAreNamesLikeAnyOtherOutsideOfLayers() throws IOException {
        byte[] archive =
                new TarBytes().file(".wh.a").file(".wh..wh..opq").file(".wh..").end();

        List<String> names = new ArrayList<>();
        try (LayerReader reader = LayerReader.ofArchive(new ByteArrayInputStream(archive), LayerLimits.DEFAULT)) {
            for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                assertThat(entry.get().type()).isEqualTo(EntryType.FILE);
                names.add(entry.get().path());
            }
        }
        assertThat(names).containsExactly(".wh.a", ".wh..wh..opq", ".wh..");
    }

    @Test
    void whatAufsKeptForItselfIsPassedOver() throws IOException {
        byte[] archive = new TarBytes()
                .file(".wh..wh.aufs")
                .file(".wh..wh.plnk/12.34")
                .file("a")
                .end();

        assertThat(read(archive, LayerLimits.DEFAULT)).containsExactly(FileEntry.file("a", 0644, 0));
    }

    @Test
    void symbolicLinksKeepTheirTargets() throws IOException {
        byte[] archive =
                new TarBytes().member('2', "l", "../../../etc/shadow", NOTHING).end();

        assertThat(read(archive, LayerLimits.DEFAULT).get(0).linkTarget()).isEqualTo("../../../etc/shadow");
    }

    @Test
    void anArchiveIsKnownByItsFirstBytes() throws IOException {
        byte[] archive = new TarBytes().file("a").end();
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(archive);
        }
        byte[] old = TarBytes.header('0', "\u00e9", "", 0);
        String sum = String.format("%06o\0 ", TarFormat.signedChecksum(old));
        TarBytes.put(old, TarFormat.CHECKSUM, sum);

        for (byte[] each : List.of(archive, gzip.toByteArray(), old)) {
            assertThat(LayerReader.isArchive(new ByteArrayInputStream(each))).isTrue();
        }
        for (byte[] each :
                List.of(NOTHING, new byte[1024], "PK\3\4".repeat(200).getBytes(), new byte[] {0x1F, (byte) 0x8B, 8})) {
            assertThat(LayerReader.isArchive(new ByteArrayInputStream(each))).isFalse();
        }
        assertThat(read(new TarBytes().raw(old, NOTHING).end(), LayerLimits.DEFAULT))
                .hasSize(1);
    }

    @Test
    void aBombIsStoppedAtTheLimit() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[100 << 20]);
        }
        assertThatThrownBy(() -> read(bomb.toByteArray(), new LayerLimits(10, 1 << 20)))
                .hasMessage("the archive expands to more than 1048576 bytes");
        assertThatThrownBy(() -> read(new TarBytes().file("a").file("b").end(), new LayerLimits(1, 1 << 20)))
                .hasMessage("the archive has more than 1 entries");
    }

    @Test
    void aStreamThatFailsIsNotCalledDamaged() {
        byte[] start = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0};
        InputStream failing = new InputStream() {
            private int at;

            @Override
            public int read() throws IOException {
                if (at == start.length) {
                    throw new IOException("the line is down");
                }
                return start[at++] & 0xFF;
            }
        };
        assertThatThrownBy(
                        () -> LayerReader.ofLayer(failing, LayerLimits.DEFAULT).next())
                .hasMessage("the line is down");
    }

    @Test
    void noDamageLeadsToAnythingButARefusal() throws IOException {
        byte[] valid = new TarBytes()
                .pax(TarBytes.record("path", "long/name"), TarBytes.record("mtime", "12.5"))
                .member('0', "f", "", new byte[700])
                .member('L', "././@LongLink", "", new byte[200])
                .file("g")
                .member('1', "h", "f", NOTHING)
                .end();
        long seed = 20260401;
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = valid.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            for (int i = 0; i + 512 <= damaged.length; i += 512) {
                byte[] header = Arrays.copyOfRange(damaged, i, i + 512);
                if (random.nextBoolean() && header[0] != 0) {
                    System.arraycopy(TarBytes.sealed(header), 0, damaged, i, 512);
                }
            }
            try {
                read(Arrays.copyOf(damaged, random.nextInt(damaged.length + 1)), LayerLimits.DEFAULT);
            } catch (InvalidImageException expected) {
                assertThat(expected.getMessage())
                        .as("seed %d, round %d", seed, round)
                        .isNotBlank();
            }
        }
    }

    private static List<FileEntry> read(byte[] archive, LayerLimits limits) throws IOException {
        List<FileEntry> entries = new ArrayList<>();
        try (LayerReader reader = LayerReader.ofLayer(new ByteArrayInputStream(archive), limits)) {
            for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entries.add(entry.get());
            }
        }
        return entries;
    }
}
