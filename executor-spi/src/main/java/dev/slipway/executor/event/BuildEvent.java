package dev.slipway.executor.event;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import java.time.Instant;
import java.util.Optional;

/** Something that a build reports: of a step, or, at its end, of the whole. */
public sealed interface BuildEvent {

    /** When it happened. */
    Instant time();

    /** Something that is about a step. */
    sealed interface OfStep extends BuildEvent {

        /** The step that it is about. */
        Step step();
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
    record Started(Instant time, Step step) implements OfStep {

        public Started {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
        }
    }

    /**
     * A step ended.
     *
     * @param reason what went wrong, where the outcome is {@link Outcome#FAILED}; why an earlier result could be used, where it is
     *     {@link Outcome#CACHED}; empty where there is nothing to say
     */
    record Finished(Instant time, Step step, Outcome outcome, Optional<String> reason) implements OfStep {

        public Finished {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
            requireNonNull(outcome, "outcome is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /**
     * How the process of a step is run, said before it starts.
     *
     * @param sandbox what confines it, such as {@code crun}
     * @param emulator what emulates its platform, such as {@code qemu-aarch64}; empty where it is native
     */
    record Placed(Instant time, Step step, String sandbox, Optional<String> emulator) implements OfStep {

        public Placed {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
            requireNonNull(sandbox, "sandbox is null");
            requireNonNull(emulator, "emulator is null");
        }
    }

    /** A piece of a process's output, cut anywhere. */
    record Log(Instant time, Step step, LogStream stream, Bytes data) implements OfStep {

        public Log {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
            requireNonNull(stream, "stream is null");
            requireNonNull(data, "data is null");
        }
    }

    /** Something the user should know that does not fail the step. */
    record Warned(Instant time, Step step, String message) implements OfStep {

        public Warned {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
            requireNonNull(message, "message is null");
        }
    }

    /**
     * How far a part of a step has come, a few times a second at most.
     *
     * @param activity what is done with it
     * @param part such as a layer's digest, a URL or a file
     * @param current how many bytes are done
     * @param total how many bytes there are, 0 where it is not known
     */
    record Advanced(Instant time, Step step, Activity activity, String part, long current, long total)
            implements OfStep {

        public Advanced {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
            requireNonNull(activity, "activity is null");
            requireNonNull(part, "part is null");
        }
    }

    /**
     * The build is over. Nothing comes after this.
     *
     * @param failure what the build failed with; empty if it succeeded
     * @param digest of the index or of the only manifest, where an output needed it
     */
    record Completed(Instant time, Optional<String> failure, Optional<Digest> digest) implements BuildEvent {

        public Completed {
            requireNonNull(time, "time is null");
            requireNonNull(failure, "failure is null");
            requireNonNull(digest, "digest is null");
        }
    }
}
