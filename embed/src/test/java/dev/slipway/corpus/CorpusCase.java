package dev.slipway.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Dockerfile with what is to be made of it: a folder with {@code Dockerfile} and {@code reference.json}.
 *
 * @param name the folder inside the corpus
 * @param folder the folder
 */
public record CorpusCase(String name, Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All cases of a corpus by name. */
    public static List<CorpusCase> all(Path corpus) {
        try (Stream<Path> files = Files.walk(corpus)) {
            return files.filter(file -> file.endsWith("reference.json"))
                    .map(Path::getParent)
                    .map(folder ->
                            new CorpusCase(corpus.relativize(folder).toString().replace('\\', '/'), folder))
                    .sorted(Comparator.comparing(CorpusCase::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] dockerfile() {
        try {
            return Files.readAllBytes(folder.resolve("Dockerfile"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode reference() {
        try {
            return JSON.readTree(folder.resolve("reference.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
