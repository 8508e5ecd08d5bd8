package dev.slipway.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import dev.slipway.oci.Processes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GNU tar reads what we write, and we read what it writes. */
class GnuTarTest {

    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 123_456_789);
    private static final String LONG = "folder-with-a-long-name-".repeat(5) + "/" + "file-with-a-long-name-".repeat(6);

    private static final String TARGET = "nothing/../".repeat(20) + "here";

    /** cap_setuid+ep: a version 2 capability whose first mask has the bit 7, a byte that is no UTF-8. */
    private static final byte[] CAPABILITY = HexFormat.of().parseHex("0100000280000000000000000000000000000000");

    @TempDir
    Path temp;

    private Path tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectory(temp.resolve("tree"));
        Files.createDirectories(tree.resolve(LONG).getParent());
        Files.writeString(tree.resolve(LONG), "long");
        Files.writeString(tree.resolve("naïve ☃.txt"), "snow");
        Files.writeString(tree.resolve("su"), "suid");
        Processes.lines(List.of("chmod", "4755", tree.resolve("su").toString()));
        Files.createLink(tree.resolve("sudo"), tree.resolve("su"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of(TARGET));
        Files.setLastModifiedTime(tree.resolve("su"), FileTime.from(TIME));
        Processes.lines(List.of("mkfifo", tree.resolve("pipe").toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "oldgnu", "pax", "posix"})
    void whatGnuTarWritesIsRead(String format) throws IOException {
        Path archive = temp.resolve("tree.tar");
        Processes.lines(List.of(
                "tar", "--format=" + format, "--sort=name", "-C", tree.toString(), "-cf", archive.toString(), "."));

        SortedMap<String, FileEntry> entries = new TreeMap<>();
        SortedMap<String, String> contents = new TreeMap<>();
        read(archive, entries, contents);

        boolean precise = format.equals("pax") || format.equals("posix");
        assertThat(entries.get("").type()).isEqualTo(EntryType.DIRECTORY);
        assertThat(entries.get("su").mode()).isEqualTo(04755);
        assertThat(entries.get("su").modified())
                .isEqualTo(precise ? TIME : Instant.ofEpochSecond(TIME.getEpochSecond()));
        assertThat(entries.get("sudo").type()).isEqualTo(EntryType.HARD_LINK);
        assertThat(entries.get("sudo").linkTarget()).isEqualTo("su");
        assertThat(entries.get("link").linkTarget()).isEqualTo(TARGET);
        assertThat(entries.get("pipe").type()).isEqualTo(EntryType.FIFO);
        assertThat(contents)
                .containsEntry(LONG, "long")
                .containsEntry("naïve ☃.txt", "snow")
                .containsEntry("su", "suid");
    }

    @ParameterizedTest
    @Tag("end-to-end")
    @ValueSource(strings = {"--gzip", "--zstd", "--bzip2", "--xz"})
    void whateverGnuTarCompressesWithIsRead(String compression) throws IOException {
        Path archive = temp.resolve("tree.tar");
        Processes.lines(List.of("tar", compression, "-C", tree.toString(), "-cf", archive.toString(), "su"));

        SortedMap<String, String> contents = new TreeMap<>();
        read(archive, new TreeMap<>(), contents);

        assertThat(contents).containsExactly(Map.entry("su", "suid"));
    }

    @Test
    void gnuTarReadsWhatIsWritten() throws IOException {
        Path archive = temp.resolve("layer.tar");
        List<FileEntry> written = List.of(
                FileEntry.directory("usr", 01777).withModified(TIME),
                FileEntry.file("usr/su", 04755, 4).withModified(TIME),
                FileEntry.hardLink("usr/sudo", "usr/su"),
                FileEntry.file(LONG, 0640, 4),
                FileEntry.file("before 1970", 0640, 4).withModified(Instant.ofEpochSecond(-86_400)),
                FileEntry.file("naïve ☃.txt", 0640, 4),
                FileEntry.symlink("long link", "../".repeat(100)),
                FileEntry.fifo("pipe", 0600),
                FileEntry.whiteout("usr/gone"));
        try (OutputStream out = Files.newOutputStream(archive);
                LayerWriter writer = new LayerWriter(out)) {
            for (FileEntry entry : written) {
                writer.write(entry, new ByteArrayInputStream("text".getBytes(StandardCharsets.US_ASCII), 0, (int)
                        entry.size()));
            }
        }

        List<String> lines = Processes.lines(List.of(
                "tar",
                "--utc",
                "--full-time",
                "--quoting-style=literal",
                "--numeric-owner",
                "-tvf",
                archive.toString()));

        assertThat(lines)
                .containsExactly(
                        "drwxrwxrwt 0/0               0 2023-11-14 22:13:20 usr/",
                        "-rwsr-xr-x 0/0               4 2023-11-14 22:13:20 usr/su",
                        "h--------- 0/0               0 1970-01-01 00:00:00 usr/sudo link to usr/su",
                        "-rw-r----- 0/0               4 1970-01-01 00:00:00 " + LONG,
                        "-rw-r----- 0/0               4 1969-12-31 00:00:00 before 1970",
                        "-rw-r----- 0/0               4 1970-01-01 00:00:00 naïve ☃.txt",
                        "lrwxrwxrwx 0/0               0 1970-01-01 00:00:00 long link -> " + "../".repeat(100),
                        "prw------- 0/0               0 1970-01-01 00:00:00 pipe",
                        "---------- 0/0               0 1970-01-01 00:00:00 usr/.wh.gone");
    }

    @Test
    @Tag("end-to-end")
    void capabilitiesAndDevicesSurviveBothWays() throws IOException {
        Path archive = temp.resolve("layer.tar");
        FileEntry file =
                FileEntry.file("newuidmap", 0755, 0).withXattrs(Map.of("security.capability", Bytes.of(CAPABILITY)));
        FileEntry device =
                FileEntry.device("null", EntryType.CHARACTER_DEVICE, 0666, 1, 3).withOwner(12345, 3_000_000_000L);
        try (OutputStream out = Files.newOutputStream(archive);
                LayerWriter writer = new LayerWriter(out)) {
            writer.write(file);
            writer.write(device);
        }
        Path unpacked = Files.createDirectory(temp.resolve("unpacked"));
        Processes.lines(List.of(
                "tar", "--xattrs", "--xattrs-include=*", "-C", unpacked.toString(), "-xpf", archive.toString()));

        assertThat(Processes.lines(
                        List.of("/sbin/getcap", unpacked.resolve("newuidmap").toString())))
                .singleElement()
                .asString()
                .endsWith(" cap_setuid=ep");
        assertThat(Processes.lines(List.of(
                        "stat",
                        "--format=%F %a %u %g %t %T",
                        unpacked.resolve("null").toString())))
                .containsExactly("character special file 666 12345 3000000000 1 3");

        Path again = temp.resolve("again.tar");
        Processes.lines(List.of(
                "tar",
                "--format=pax",
                "--xattrs",
                "--xattrs-include=security.*",
                "-C",
                unpacked.toString(),
                "-cf",
                again.toString(),
                "newuidmap",
                "null"));
        SortedMap<String, FileEntry> entries = new TreeMap<>();
        read(again, entries, new TreeMap<>());

        assertThat(entries.get("newuidmap").xattrs()).isEqualTo(file.xattrs());
        assertThat(entries.get("null").withModified(Instant.EPOCH)).isEqualTo(device);
    }

    @Test
    @Tag("end-to-end")
    void aFileBeyondEightGigabytesKeepsItsSize() throws IOException {
        long size = (8L << 30) + 1;
        Path sparse = temp.resolve("tree/huge");
        Processes.lines(List.of("truncate", "--size=" + size, sparse.toString()));
        for (String format : List.of("gnu", "pax")) {
            Process tar =
                    new ProcessBuilder("tar", "--format=" + format, "-C", tree.toString(), "-cf", "-", "huge").start();
            try (LayerReader reader = LayerReader.ofLayer(tar.getInputStream(), LayerLimits.DEFAULT)) {
                assertThat(reader.next().orElseThrow().size()).isEqualTo(size);
            } finally {
                tar.destroy();
            }
        }
        // The beginning is enough: GNU tar lists the file before it finds that the rest is missing.
        ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        InputStream failing = new SequenceInputStream(new ByteArrayInputStream(new byte[512]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("enough");
            }
        });
        assertThatThrownBy(() -> new LayerWriter(beginning).write(FileEntry.file("huge", 0644, size), failing))
                .hasMessage("enough");
        Process tar = new ProcessBuilder("tar", "-tvf", "-").start();
        try (OutputStream out = tar.getOutputStream()) {
            out.write(beginning.toByteArray());
        }
        assertThat(new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(" " + size + " ")
                .contains(" huge");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format=gnu",
                "--format=oldgnu",
                "--format=pax --sparse-version=0.0",
                "--format=pax --sparse-version=0.1",
                "--format=pax --sparse-version=1.0"
            })
    void holesReadAsZeros(String format) throws IOException {
        Path file = tree.resolve("holes");
        StringBuilder expected = new StringBuilder();
        try (SeekableByteChannel out =
                Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int part = 0; part < 60; part++) {
                String data = ("part " + part + " ").repeat(part % 7 == 0 ? 900 : 1);
                out.position(part * 65_536L).write(ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8)));
                expected.append("\0".repeat(part * 65_536 - expected.length())).append(data);
            }
        }
        Files.writeString(tree.resolve("zzz"), "after it");
        Path archive = temp.resolve("holes.tar");
        List<String> command = new ArrayList<>(List.of("tar", "--sparse", "--sort=name"));
        command.addAll(List.of(format.split(" ")));
        command.addAll(List.of("-C", tree.toString(), "-cf", archive.toString(), "holes", "zzz"));
        Processes.lines(command);

        SortedMap<String, FileEntry> entries = new TreeMap<>();
        SortedMap<String, String> contents = new TreeMap<>();
        read(archive, entries, contents);

        assertThat(archive.toFile().length()).isLessThan(1 << 20);
        assertThat(entries.get("holes").size()).isEqualTo(expected.length());
        assertThat(contents.get("holes")).isEqualTo(expected.toString());
        assertThat(contents).containsEntry("zzz", "after it");
    }

    private static void read(Path archive, Map<String, FileEntry> entries, Map<String, String> contents)
            throws IOException {
        try (LayerReader reader = LayerReader.ofLayer(Files.newInputStream(archive), LayerLimits.DEFAULT)) {
            for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entries.put(entry.get().path(), entry.get());
                if (entry.get().type() == EntryType.FILE) {
                    contents.put(
                            entry.get().path(), new String(reader.content().readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }
}
