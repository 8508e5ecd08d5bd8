package dev.slipway.llb;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of reference cases that lies beside the checkout. Tests that need it are skipped where it is absent. */
public final class ReferenceFolder {

    private ReferenceFolder() {}

    /** A JSON file of the folder. */
    public static JsonNode json(String name) {
        Path file = Path.of(System.getProperty("slipway.root", "..")).resolve("../shared/reference/" + name);
        assumeTrue(Files.exists(file), "the reference folder is not here: " + file.normalize());
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
