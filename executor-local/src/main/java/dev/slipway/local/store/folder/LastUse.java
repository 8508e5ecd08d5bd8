package dev.slipway.local.store.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** Remembers when something was used last, to the hour, as the time of its file. A clock that was set back is put right. */
public final class LastUse {

    private static final Duration PRECISION = Duration.ofHours(1);

    private LastUse() {}

    /** Notes that it is used now. If that cannot be written, it counts as used earlier. */
    public static void now(Path file) {
        try {
            Instant now = Instant.now();
            Instant noted = Files.getLastModifiedTime(file).toInstant();
            if (Duration.between(noted, now).abs().compareTo(PRECISION) > 0) {
                Files.setLastModifiedTime(file, FileTime.from(now));
            }
        } catch (IOException e) {
            // It is used all the same.
        }
    }
}
