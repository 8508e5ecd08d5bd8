package dev.slipway.benchmark;

import dev.slipway.benchmark.Work.State;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** A change of a context, which is undone when it is closed. */
final class ContextChange implements Closeable {

    private final Path file;
    private final Optional<byte[]> before;

    private ContextChange(Path file, Optional<byte[]> before) {
        this.file = file;
        this.before = before;
    }

    /** Makes the change that a work is about: none, one file more, or one file with other bytes. */
    static Optional<ContextChange> make(State state, Path context) throws IOException {
        return switch (state) {
            case COLD, UNCHANGED -> Optional.empty();
            case ONE_FILE_ADDED -> {
                Path file = Files.writeString(context.resolve("src/added"), "one more\n");
                yield Optional.of(new ContextChange(file, Optional.empty()));
            }
            case APPLICATION_CHANGED -> {
                Path file = context.resolve("app.jar");
                byte[] before = Files.readAllBytes(file);
                byte[] after = new byte[before.length];
                new Random(before.length).nextBytes(after);
                Files.write(file, after);
                yield Optional.of(new ContextChange(file, Optional.of(before)));
            }
        };
    }

    @Override
    public void close() throws IOException {
        if (before.isPresent()) {
            Files.write(file, before.get());
        } else {
            Files.delete(file);
        }
    }
}
