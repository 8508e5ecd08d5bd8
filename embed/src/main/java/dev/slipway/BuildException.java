package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.event.Step;
import dev.slipway.executor.text.Reason;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation;
import dev.slipway.report.Excerpt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A build failed, or was refused before it began. The message is for the user: where, what is wrong and what to do. Credentials in
 * URLs are hidden in it. It may quote text from outside unchanged; {@link #report()} is safe to print to a terminal.
 *
 * <p>The cause, if there is one, is a {@code DockerfileParseException} or {@code FrontendException} for an error in the Dockerfile,
 * an {@code ExecutorException} for a failure of an executor, or whatever the caller's own code threw. Some failures of executors have
 * types of their own, such as {@code StepFailedException}, {@code ImageNotFoundException}, {@code UnsupportedPlatformException} (no
 * executor can run a step), {@code InvalidOutputException} and {@code SourceDeniedException} (by a source policy).
 */
public final class BuildException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient @Nullable BuildFailure failure;

    /** The kinds of failures. */
    public enum Kind {
        /** The request is invalid, or asks for something that does not exist. */
        REQUEST,
        /** The Dockerfile cannot be read or converted. */
        DOCKERFILE,
        /** The process of a step ended with an exit code other than 0. */
        STEP,
        /** A step, a source or an output failed for another reason. */
        EXECUTOR,
        /** The caller's own code failed: a secret, a context, or a stream. */
        CALLER,
        /** The build was stopped from outside: closed, cancelled, or out of time. */
        STOPPED
    }

    /**
     * @param locations the places in the Dockerfile, innermost first
     * @param cause the cause, or null if there is none
     */
    @SuppressWarnings("exports") // The annotation is optional for callers, and so is its module.
    public BuildException(String message, List<SourceLocation> locations, @Nullable Throwable cause) {
        this(message, BuildFailure.of(cause).at(locations), cause);
    }

    /** A failure that is not about a line of the Dockerfile. */
    public BuildException(String message) {
        this(message, List.of(), null);
    }

    BuildException(String message, BuildFailure failure, @Nullable Throwable cause) {
        super(UrlCredentials.redact(message), cause);
        this.failure = requireNonNull(failure, "failure is null");
    }

    /** This failure with further details. */
    BuildException with(BuildFailure more) {
        BuildException other = new BuildException(Reason.of(this), more, getCause());
        other.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            other.addSuppressed(suppressed);
        }
        return other;
    }

    BuildFailure failure() {
        return failure == null ? BuildFailure.of(getCause()) : failure;
    }

    /** The kind of failure. */
    public Kind kind() {
        return failure().kind();
    }

    /** The failed step; empty if no step failed. */
    public Optional<Step> step() {
        return failure().step();
    }

    /** The platforms whose images need the failed step, in the order of the request; empty if no step failed. */
    public List<Platform> platforms() {
        return step().map(Step::platforms).orElse(List.of());
    }

    /**
     * The stage of the failed step; empty if no step failed, or if the Dockerfile has only one stage, whose steps do not name it, as in
     * BuildKit.
     */
    public Optional<String> stage() {
        return step().flatMap(Step::stage);
    }

    /** The places in the Dockerfile, innermost first; empty if the cause is elsewhere. */
    public List<SourceLocation> locations() {
        return failure().locations();
    }

    /**
     * The exit code of the failed process, or 128 plus the signal number if it was killed. Empty if no process failed.
     */
    public OptionalInt exitCode() {
        return failure().exitCode();
    }

    /** The last lines of the failed step's output, oldest first and unchanged; at most 20. */
    public List<String> logTail() {
        return failure().logTail();
    }

    /**
     * The file with the whole output of the failed step; empty if there was no output or it was not recorded. The executor keeps it as
     * long as its records of builds.
     */
    public Optional<Path> log() {
        return failure().log();
    }

    /** The message, with the place before it and the lines of the Dockerfile below, safe for a terminal. */
    public String report() {
        return Excerpt.report(Reason.of(this), locations());
    }
}
