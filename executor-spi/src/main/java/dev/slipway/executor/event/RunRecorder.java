package dev.slipway.executor.event;

import dev.slipway.llb.Digest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps what one build reports. It is called by one thread at a time, and never fails a build: what it cannot keep is lost. */
public interface RunRecorder extends Consumer<BuildEvent>, AutoCloseable {

    /** Keeps nothing. */
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

    /** The file with all that a step said; empty if it said nothing, or it is not kept. */
    Optional<Path> log(Digest step);

    /** Ends the record. */
    @Override
    void close();
}
