package dev.slipway.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.image.FileEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

/** What is expected is what BuildKit on Linux writes upon a base image for Windows. */
class WindowsLayerTest {

    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);
    private static final Instant NEWEST = Instant.ofEpochSecond(1_800_000_000);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private void write(FileEntry... entries) throws IOException {
        try (LayerWriter writer = LayerWriter.ofWindows(bytes, NEWEST)) {
            for (FileEntry entry : entries) {
                writer.write(entry.withModified(TIME), new ByteArrayInputStream(new byte[(int) entry.size()]));
            }
        }
    }

    private List<TarArchiveEntry> members() throws IOException {
        List<TarArchiveEntry> members = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                members.add(entry);
            }
        }
        return members;
    }

    /** Name, mode, and what kind of file Windows is told that it is. */
    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (TarArchiveEntry member : members()) {
            Map<String, String> records = member.getExtraPaxHeaders();
            lines.add(String.join(
                    " ",
                    member.getName(),
                    Integer.toOctalString(member.getMode()),
                    records.getOrDefault("MSWINDOWS.fileattr", "-"),
                    records.containsKey("MSWINDOWS.rawsd") ? "permissions" : "-",
                    member.getLinkName().isEmpty() ? "-" : member.getLinkName()));
        }
        return lines;
    }

    @Test
    void allFilesLieBesideAnEmptyRegistry() throws IOException {
        write(FileEntry.directory("app", 0755), FileEntry.file("app/x.exe", 0700, 3));
        assertThat(lines())
                .containsExactly(
                        "Hives/ 40000 16 - -",
                        "Files/ 40000 16 - -",
                        "Files/app/ 40755 16 permissions -",
                        "Files/app/x.exe 100700 32 permissions -");
    }

    @Test
    void linksBeginWhereTheFilesDo() throws IOException {
        write(
                FileEntry.file("a", 0644, 0),
                FileEntry.hardLink("b", "a").withMode(0644),
                FileEntry.symlink("d/l", "../a"));
        assertThat(lines())
                .endsWith("Files/a 100644 32 permissions -", "Files/b 644 - - Files/a", "Files/d/l 777 - - Files/../a");
    }

    @Test
    void aMarkThatSomethingIsGoneIsAFileToo() throws IOException {
        write(FileEntry.whiteout("data/old.txt"));
        assertThat(lines()).endsWith("Files/data/.wh.old.txt 100000 32 permissions -");
    }

    @Test
    void filesWereCreatedWhenTheyWereChanged() throws IOException {
        write(FileEntry.file("a", 0644, 0));
        Map<String, Instant> created = new LinkedHashMap<>();
        for (TarArchiveEntry member : members()) {
            created.put(member.getName(), member.getCreationTime().toInstant());
        }
        assertThat(created).isEqualTo(Map.of("Hives/", NEWEST, "Files/", NEWEST, "Files/a", TIME));
    }

    @Test
    void suchALayerIsReadLikeAnyOther() throws IOException {
        write(FileEntry.file("a", 0640, 3), FileEntry.whiteout("b"));
        try (LayerReader reader =
                LayerReader.ofLayer(new ByteArrayInputStream(bytes.toByteArray()), LayerLimits.DEFAULT)) {
            List<FileEntry> entries = new ArrayList<>();
            for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entries.add(entry.get());
            }
            assertThat(entries)
                    .containsExactly(
                            FileEntry.directory("Hives", 0).withModified(NEWEST),
                            FileEntry.directory("Files", 0).withModified(NEWEST),
                            FileEntry.file("Files/a", 0640, 3).withModified(TIME),
                            FileEntry.whiteout("Files/b"));
        }
    }
}
