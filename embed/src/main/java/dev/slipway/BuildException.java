package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.event.Step;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation;
import dev.slipway.report.Excerpt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A build failed, or was refused before it began. The message is for the user: where, what is wrong and what to do. Credentials of
 * URLs in it are hidden. It may quote what comes from outside as it is; {@link #report()} is fit for a terminal.
 *
 * <p>The cause, where there is one, is a {@code DockerfileParseException} or {@code FrontendException} for what is wrong with the
 * Dockerfile, an {@code UnsupportedPlatformException} for a step that nobody can run, an {@code ExecutorException} such as {@code
 * StepFailedException} or {@code ImageNotFoundException} for what an executor could not do, or whatever the caller's own code
 * threw.
 */
public final class BuildException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient BuildFailure failure;

    /** What a build can fail for. */
    public enum Kind {
        /** The request makes no sense, or asks for what there is not. */
        REQUEST,
        /** The Dockerfile cannot be read or converted. */
        DOCKERFILE,
        /** The process of a step ended with an exit code that is no success. */
        STEP,
        /** A step, a source or an output cannot be made, for another reason. */
        EXECUTOR,
        /** Code of the caller failed: a secret, a context, a stream. */
        CALLER,
        /** It was stopped from outside: closed, cancelled, out of time. */
        STOPPED
    }

    /**
     * @param locations where in the Dockerfile, the innermost place first
     * @param cause null if there is none
     */
    public BuildException(String message, List<SourceLocation> locations, Throwable cause) {
        this(message, BuildFailure.of(cause).at(locations), cause);
    }

    /** A failure that no line of the Dockerfile is the reason of. */
    public BuildException(String message) {
        this(message, List.of(), null);
    }

    BuildException(String message, BuildFailure failure, Throwable cause) {
        super(UrlCredentials.redact(message), cause);
        this.failure = requireNonNull(failure, "failure is null");
    }

    /** The same failure, with what else is known of it. */
    BuildException with(BuildFailure more) {
        BuildException other = new BuildException(getMessage(), more, getCause());
        other.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            other.addSuppressed(suppressed);
        }
        return other;
    }

    BuildFailure failure() {
        return failure == null ? BuildFailure.of(getCause()) : failure;
    }

    /** What it failed for. */
    public Kind kind() {
        return failure().kind();
    }

    /** The step that failed; empty if no step did. */
    public Optional<Step> step() {
        return failure().step();
    }

    /** The platforms whose images need the step that failed, in the order in which they were asked for; none if no step did. */
    public List<Platform> platforms() {
        return step().map(Step::platforms).orElse(List.of());
    }

    /** The stage of the step that failed; empty if no step did, or the Dockerfile has but one stage without a name. */
    public Optional<String> stage() {
        return step().flatMap(Step::stage);
    }

    /** Where in the Dockerfile, the innermost place first; none if the cause lies elsewhere. */
    public List<SourceLocation> locations() {
        return failure().locations();
    }

    /**
     * The exit code of the process that failed; 128 plus the number of the signal for one that was killed. Empty if no process
     * did.
     */
    public OptionalInt exitCode() {
        return failure().exitCode();
    }

    /** The last lines that the step that failed said, oldest first, as they were; at most 20. */
    public List<String> logTail() {
        return failure().logTail();
    }

    /**
     * The file with all that the step that failed said; empty if it said nothing, or nobody kept it. It is kept for as long as the
     * executor keeps what builds reported.
     */
    public Optional<Path> log() {
        return failure().log();
    }

    /** The message with the place before it and the lines it speaks of below, fit for a terminal. */
    public String report() {
        return Excerpt.report(getMessage(), locations());
    }
}
