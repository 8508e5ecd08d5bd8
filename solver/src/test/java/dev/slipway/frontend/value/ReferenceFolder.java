package dev.slipway.frontend.value;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of reference cases that lies beside the checkout. Tests that need it are skipped where it is absent. */
public final class ReferenceFolder {

    private ReferenceFolder() {}

    /** A file or folder of it. */
    public static Path path(String name) {
        Path file = Path.of(System.getProperty("slipway.root", ".."))
                .resolve("../shared/reference/" + name)
                .normalize();
        assumeTrue(Files.exists(file), "the reference folder is not here: " + file);
        return file;
    }

    /** A JSON file of it. */
    public static JsonNode json(String name) {
        try {
            return new ObjectMapper().readTree(path(name).toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
