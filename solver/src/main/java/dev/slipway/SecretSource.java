package dev.slipway;

import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a secret comes from. It is read when a step mounts it, not before, and is kept nowhere. */
@FunctionalInterface
public interface SecretSource {

    /**
     * The secret.
     *
     * @throws ExecutorException if it cannot be had
     */
    byte[] read();

    /** A secret that is a file's content. */
    static SecretSource file(Path file) {
        return () -> {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                String reason = Files.exists(file) ? "" : ": it is not there";
                throw new ExecutorException("cannot read the secret's file " + file + reason, e);
            }
        };
    }

    /** A secret that is this text. */
    static SecretSource text(String text) {
        return () -> text.getBytes(StandardCharsets.UTF_8);
    }
}
