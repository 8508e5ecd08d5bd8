package dev.slipway;

import dev.slipway.backend.BaseImages;
import dev.slipway.caller.RefusedException;
import dev.slipway.executor.ClientException;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.UnsupportedPlatformException;
import dev.slipway.executor.text.Reason;
import dev.slipway.frontend.FrontendException;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.SourceLocation;
import dev.slipway.llb.SourceLocation.Range;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.parser.DockerfileParseException;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.solver.SolveException;
import java.util.List;

/** Turns what the parts of a build throw into the one exception that users see. */
final class Failures {

    /** Before the Dockerfile has been read, nothing can be wrong with a line of it. */
    private static final SourceFile NO_FILE = new SourceFile("", "", Bytes.of(new byte[0]));

    private Failures() {}

    /** A part of a build. */
    interface Part<T> {
        T run() throws InterruptedException;
    }

    /** A part of a build that does not wait. */
    interface QuickPart<T> {
        T run();
    }

    static <T> T translate(Part<T> part) throws InterruptedException {
        return translate(NO_FILE, part);
    }

    static <T> T translate(SourceFile file, Part<T> part) throws InterruptedException {
        try {
            return part.run();
        } catch (BaseImages.Interruption e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (RuntimeException e) {
            if (e instanceof ExecutorException && Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
            }
            throw translate(file, e);
        }
    }

    static <T> T quickly(QuickPart<T> part) {
        return quickly(NO_FILE, part);
    }

    static <T> T quickly(SourceFile file, QuickPart<T> part) {
        try {
            return part.run();
        } catch (RuntimeException e) {
            throw translate(file, e);
        }
    }

    /**
     * Does something after a build for somebody who does not expect to be interrupted.
     *
     * @param what is wanted, for the message
     */
    static <T> T uninterrupted(String what, Part<T> part) {
        try {
            return translate(part);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildException("the thread was interrupted before it had " + what, List.of(), e);
        }
    }

    private static RuntimeException translate(SourceFile file, RuntimeException failure) {
        if (failure instanceof RefusedException refused) {
            return new BuildException(Reason.of(refused), refused.locations(), refused.getCause());
        }
        if (failure instanceof DockerfileParseException parse) {
            List<SourceRange> ranges = parse.focus().map(List::of).orElse(parse.ranges());
            return new BuildException(Reason.of(parse), locations(file, ranges), parse);
        }
        if (failure instanceof FrontendException frontend) {
            BuildFailure known = BuildFailure.of(frontend).at(locations(file, frontend.ranges()));
            return failure(Reason.of(frontend), frontend, known);
        }
        if (failure instanceof UnsupportedPlatformException unsupported) {
            return new BuildException(
                    Reason.of(unsupported), unsupported.vertex().metadata().locations(), unsupported);
        }
        if (failure instanceof SolveException solve && solve.getCause() instanceof ExecutorException executor) {
            return failure(
                    Reason.of(solve),
                    executor,
                    BuildFailure.of(executor).at(solve.locations()).in(solve.step()));
        }
        if (failure instanceof ExecutorException executor) {
            return failure(Reason.of(executor), executor, BuildFailure.of(executor));
        }
        return failure;
    }

    /** What the caller's own code threw is the cause, without what it went through on its way. */
    private static BuildException failure(String message, RuntimeException failure, BuildFailure known) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClientException client) {
                return new BuildException(message, known.of(BuildException.Kind.CALLER), client.getCause());
            }
        }
        return new BuildException(message, known, failure);
    }

    private static List<SourceLocation> locations(SourceFile file, List<SourceRange> ranges) {
        return ranges.isEmpty()
                ? List.of()
                : List.of(new SourceLocation(
                        file,
                        ranges.stream()
                                .map(range -> new Range(
                                        range.startLine(),
                                        range.startCharacter(),
                                        range.endLine(),
                                        range.endCharacter()))
                                .toList()));
    }
}
