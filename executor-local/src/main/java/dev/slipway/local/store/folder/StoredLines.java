package dev.slipway.local.store.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of the store whose lines are names and numbers. */
public final class StoredLines {

    private StoredLines() {}

    /**
     * The lines of a file. What is written there is ASCII; it is read as Latin-1, for which no byte is wrong, so that a damaged
     * file is seen to be damaged by what it says, as any other damage is.
     */
    public static List<String> read(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }
}
