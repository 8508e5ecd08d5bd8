package dev.slipway;

import dev.slipway.BuildException.Kind;
import java.util.Optional;
import java.util.function.Function;

/**
 * Why a call is stopped.
 *
 * @param message what the call fails with, by what it was at, if that is known
 * @param allowsResult whether a call that ended before it noticed has its result
 */
record Stop(Function<Optional<String>, String> message, boolean allowsResult) {

    /** For a reason that no result makes good. */
    static Stop saying(String reason) {
        return new Stop(atWork -> reason, false);
    }

    /** What the call fails with, as it has ended with something else. */
    BuildException failure(Exception ended) {
        Optional<String> atWork =
                Optional.ofNullable(ended instanceof InterruptedException ? ended.getMessage() : null);
        BuildFailure stopped = BuildFailure.of((Throwable) null).of(Kind.STOPPED);
        BuildException failure = new BuildException(message.apply(atWork), stopped, null);
        failure.addSuppressed(ended);
        return failure;
    }
}
