package dev.slipway.executor.event;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import java.time.Instant;
import java.util.Optional;

/** Something that a build reports: about a step or, at the end, about the whole build. */
public sealed interface BuildEvent {

    /** When it happened. */
    Instant time();

    /** An event about a step. */
    sealed interface OfStep extends BuildEvent {

        /** The step. */
        Step step();
    }

    /** How a step ended. */
    enum Outcome {
        /** The step ran. */
        DONE,
        /** The result of an earlier build was used. */
        CACHED,
        /** The step was stopped because nothing needs it any more. */
        CANCELLED,
        /** The step failed. */
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
     * @param reason for {@link Outcome#FAILED}, what went wrong; for {@link Outcome#CACHED}, why an earlier result could be
     *     used; otherwise empty
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
     * How the process of a step runs. Reported before it starts.
     *
     * @param sandbox the sandbox that confines it, such as {@code crun}
     * @param emulator the emulator of its platform, such as {@code qemu-aarch64}; empty if it is native
     */
    record Placed(Instant time, Step step, String sandbox, Optional<String> emulator) implements OfStep {

        public Placed {
            requireNonNull(time, "time is null");
            requireNonNull(step, "step is null");
            requireNonNull(sandbox, "sandbox is null");
            requireNonNull(emulator, "emulator is null");
        }
    }

    /** A piece of a process's output. It may start and end anywhere. */
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
     * The progress of a part of a step. Reported at most a few times a second.
     *
     * @param activity the kind of work
     * @param part such as a layer's digest, a URL or a file
     * @param current the bytes done so far
     * @param total all bytes, or 0 if unknown
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
     * The build is over. No event follows this one.
     *
     * @param failure the failure; empty if the build succeeded
     * @param digest the digest of the index, or of the only manifest, if an output needed it
     */
    record Completed(Instant time, Optional<String> failure, Optional<Digest> digest) implements BuildEvent {

        public Completed {
            requireNonNull(time, "time is null");
            requireNonNull(failure, "failure is null");
            requireNonNull(digest, "digest is null");
        }
    }
}
