package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.progress.Progress;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that leave the store without an image around them carry the time that a build is given. */
@Tag("end-to-end")
class SourceDateEpochTest {

    private static final Instant TIME = Instant.ofEpochSecond(1_500_000_000);

    @TempDir
    private Path folder;

    @BeforeEach
    void makeContext() throws Exception {
        Path context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("f"), "f\n");
        Files.createLink(context.resolve("g"), context.resolve("f"));
        Files.createSymbolicLink(context.resolve("l"), Path.of("f"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY f g l /d/\n");
    }

    private void build(Output output) throws Exception {
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            BuildRequest request = BuildRequest.of(folder.resolve("context"))
                    .buildArg("SOURCE_DATE_EPOCH", Long.toString(TIME.getEpochSecond()))
                    .output(output);
            slipway.build(request, Progress.none());
        }
    }

    @Test
    void allFilesOfAnArchiveHaveTheTime() throws Exception {
        Path out = folder.resolve("out.tar");
        build(Output.tarArchive(out));
        Map<String, Instant> times = new TreeMap<>();
        try (InputStream in = Files.newInputStream(out);
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                times.put(entry.getName(), entry.getLastModifiedTime().toInstant());
            }
        }
        assertThat(times).containsKeys("d/", "d/f", "d/g", "d/l");
        assertThat(times.values()).containsOnly(TIME);
    }

    @Test
    void allFilesOfAFolderHaveTheTime() throws Exception {
        Path out = folder.resolve("out");
        build(Output.localDirectory(out));
        for (String name : new String[] {"d", "d/f", "d/g"}) {
            assertThat(Files.getLastModifiedTime(out.resolve(name)).toInstant())
                    .as(name)
                    .isEqualTo(TIME);
        }
    }
}
