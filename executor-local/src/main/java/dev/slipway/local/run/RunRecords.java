package dev.slipway.local.run;

import dev.slipway.executor.event.RunRecorder;
import dev.slipway.local.store.Store;
import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The records of a store. */
public final class RunRecords {

    /** So many are kept. */
    static final int MOST = 100;

    /** So many bytes all of them may take. */
    static final long MOST_BYTES = 256 << 20;

    /** In the order of time. */
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Clock clock;

    public RunRecords(Store store, Clock clock) {
        this.folder = store.runs();
        this.clock = clock;
    }

    /** Begins the record of a build. Where none can be written, a build is worth more than its record. */
    public RunRecorder begin() {
        Instant now = clock.instant();
        Path run = folder.resolve(
                NAME.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8));
        try {
            List<Path> runs = newestFirst();
            delete(runs.subList(Math.min(MOST - 1, runs.size()), runs.size()));
            return FileRecorder.in(Files.createDirectory(run), this::bound);
        } catch (IOException e) {
            return RunRecorder.NONE;
        }
    }

    /** Bounds what all take. It is called after a record that took much: most take next to nothing. */
    private void bound() throws IOException {
        List<Path> runs = newestFirst();
        long size = 0;
        for (int i = 0; i < runs.size(); i++) {
            size += Folders.size(runs.get(i));
            if (i > 0 && size > MOST_BYTES) {
                delete(runs.subList(i, runs.size()));
                return;
            }
        }
    }

    private List<Path> newestFirst() throws IOException {
        List<Path> runs = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(runs::add);
        }
        runs.sort(Collections.reverseOrder());
        return runs;
    }

    /** A build that still writes one of them goes on without a record. */
    private static void delete(List<Path> runs) throws IOException {
        for (Path run : runs) {
            Folders.delete(run);
        }
    }
}
