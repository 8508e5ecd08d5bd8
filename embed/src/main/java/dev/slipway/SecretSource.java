package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The source of a secret. It is read only when a step mounts the secret, and is never stored. */
@FunctionalInterface
public interface SecretSource {

    /**
     * The secret.
     *
     * @throws IOException if it cannot be read. The build fails, with this or any other exception as its cause
     */
    byte[] read() throws IOException;

    /** A secret that is the content of a file. */
    static SecretSource file(Path file) {
        requireNonNull(file, "file is null");
        return () -> {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new ExecutorException(
                        Files.exists(file) ? "the file " + file + " cannot be read" : "there is no file " + file, e);
            }
        };
    }

    /** A secret that is this text. */
    static SecretSource text(String text) {
        requireNonNull(text, "text is null");
        return () -> text.getBytes(StandardCharsets.UTF_8);
    }
}
