package dev.slipway;

import dev.slipway.BuildException.Kind;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.StepFailedException;
import dev.slipway.executor.UnsupportedPlatformException;
import dev.slipway.executor.event.Step;
import dev.slipway.frontend.FrontendException;
import dev.slipway.llb.SourceLocation;
import dev.slipway.parser.DockerfileParseException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What is known of a failure besides its message and its cause. */
record BuildFailure(
        Kind kind,
        List<SourceLocation> locations,
        Optional<Step> step,
        OptionalInt exitCode,
        List<String> logTail,
        Optional<Path> log) {

    /** What a cause says. */
    static BuildFailure of(@Nullable Throwable cause) {
        OptionalInt exitCode =
                cause instanceof StepFailedException failed ? OptionalInt.of(failed.exitCode()) : OptionalInt.empty();
        return new BuildFailure(kind(cause), List.of(), Optional.empty(), exitCode, List.of(), Optional.empty());
    }

    private static Kind kind(@Nullable Throwable cause) {
        if (cause instanceof DockerfileParseException || cause instanceof FrontendException) {
            return Kind.DOCKERFILE;
        }
        if (cause instanceof StepFailedException) {
            return Kind.STEP;
        }
        boolean refused = cause instanceof InvalidOutputException || cause instanceof UnsupportedPlatformException;
        return cause instanceof ExecutorException && !refused ? Kind.EXECUTOR : Kind.REQUEST;
    }

    BuildFailure of(Kind other) {
        return new BuildFailure(other, locations, step, exitCode, logTail, log);
    }

    BuildFailure at(List<SourceLocation> places) {
        return new BuildFailure(kind, List.copyOf(places), step, exitCode, logTail, log);
    }

    BuildFailure in(Step failed) {
        return new BuildFailure(kind, locations, Optional.of(failed), exitCode, logTail, log);
    }

    BuildFailure saying(List<String> tail, Optional<Path> file) {
        return new BuildFailure(kind, locations, step, exitCode, List.copyOf(tail), file);
    }
}
