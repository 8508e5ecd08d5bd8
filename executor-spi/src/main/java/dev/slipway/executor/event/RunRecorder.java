package dev.slipway.executor.event;

import dev.slipway.llb.Digest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Records what one build reports. Called by one thread at a time. Never fails a build: what it cannot record is lost. */
public interface RunRecorder extends Consumer<BuildEvent>, AutoCloseable {

    /** Records nothing. */
    RunRecorder NONE = new RunRecorder() {
        @Override
        public void accept(BuildEvent event) {}

        @Override
        public Optional<Path> log(Digest step) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    };

    /** The file with the whole output of a step; empty if there is no output or it is not recorded. */
    Optional<Path> log(Digest step);

    /** The name of the record; empty if nothing is recorded. */
    default Optional<String> name() {
        return Optional.empty();
    }

    /** Ends the record. */
    @Override
    void close();
}
