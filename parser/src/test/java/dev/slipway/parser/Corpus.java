package dev.slipway.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real Dockerfiles of the reference. */
final class Corpus {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Corpus() {}

    /**
     * A Dockerfile and what the reference made of it.
     *
     * @param name the folder below the corpus
     */
    record Case(String name, Path folder) {

        byte[] dockerfile() {
            return read(folder.resolve("Dockerfile"));
        }

        JsonNode reference() {
            try {
                return JSON.readTree(read(folder.resolve("reference.json")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** All cases in the order of their names; skips the test if there are none. */
    static List<Case> cases() {
        Path root = Reference.path("llb");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.endsWith("reference.json"))
                    .map(file -> new Case(root.relativize(file.getParent()).toString(), file.getParent()))
                    .sorted((a, b) -> a.name.compareTo(b.name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
