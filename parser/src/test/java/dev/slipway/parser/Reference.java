package dev.slipway.parser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the reference cases, which stand beside the checkout where they are there at all. */
public final class Reference {

    private Reference() {}

    /** A file or folder of the reference; skips the test if it is absent. */
    public static Path path(String name) {
        Path path = Path.of(System.getProperty("slipway.root", "."))
                .resolve("../shared/reference")
                .resolve(name);
        assumeTrue(Files.exists(path), () -> "the reference is not here: " + name);
        return path;
    }
}
