package dev.slipway.policy;

import dev.slipway.executor.ExecutorException;

/** A source policy forbids what a build wants to use, or does not come to an end with it. */
public final class SourceDeniedException extends ExecutorException {

    private static final long serialVersionUID = 1;

    SourceDeniedException(String message) {
        super(message);
    }
}
