package dev.slipway.executor.event;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import java.time.Instant;
import java.util.Optional;

/** Something that a build reports. */
public sealed interface BuildEvent {

    /** When it happened. */
    Instant time();

    /** The step that it is about. */
    Step step();

    /**
     * A step as progress shows it.
     *
     * @param digest the vertex
     * @param name such as {@code [linux/amd64 build 2/4] RUN make}
     */
    record Step(Digest digest, String name) {

        public Step {
            requireNonNull(digest, "digest is null");
            requireNonNull(name, "name is null");
        }
    }

    /** How a step ended. */
    enum Outcome {
        /** It ran. */
        DONE,
        /** An earlier result was used. */
        CACHED,
        /** It was stopped because it is no longer needed. */
        CANCELLED,
        /** It failed. */
        FAILED
    }

    /** A step begins. */
    record Started(Instant time, Step step) implements BuildEvent {

        public Started {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
        }
    }

    /**
     * A step ended.
     *
     * @param error what went wrong, where the outcome is {@link Outcome#FAILED}
     */
    record Finished(Instant time, Step step, Outcome outcome, Optional<String> error) implements BuildEvent {

        public Finished {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
            requireNonNull(outcome, "outcome is null");
            requireNonNull(error, "error is null");
        }
    }

    /**
     * How the process of a step is run, said before it starts.
     *
     * @param sandbox what confines it, such as {@code crun}
     * @param emulator what emulates its platform, such as {@code qemu-aarch64}; empty where it is native
     */
    record Placed(Instant time, Step step, String sandbox, Optional<String> emulator) implements BuildEvent {

        public Placed {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
            requireNonNull(sandbox, "sandbox is null");
            requireNonNull(emulator, "emulator is null");
        }
    }

    /** A piece of a process's output, cut anywhere. */
    record Log(Instant time, Step step, LogStream stream, Bytes data) implements BuildEvent {

        public Log {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
            requireNonNull(stream, "stream is null");
            requireNonNull(data, "data is null");
        }
    }

    /** Something the user should know that does not fail the step. */
    record Warned(Instant time, Step step, String message) implements BuildEvent {

        public Warned {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
            requireNonNull(message, "message is null");
        }
    }

    /**
     * How far a part of a step has come.
     *
     * @param part such as a layer's digest
     * @param current how much is done
     * @param total how much there is, 0 where it is not known
     */
    record Advanced(Instant time, Step step, String part, long current, long total) implements BuildEvent {

        public Advanced {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
            requireNonNull(part, "part is null");
        }
    }
}
