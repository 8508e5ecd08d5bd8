package dev.slipway.local.layer;

import dev.slipway.executor.ExecutorException;

/** A file that a step reads is not there. */
public final class MissingFileException extends ExecutorException {

    private static final long serialVersionUID = 1L;

    MissingFileException(String message) {
        super(message);
    }

    /** The same of a root in which files may be missing that somebody keeps from it. */
    public MissingFileException ofFiltered() {
        MissingFileException advised =
                new MissingFileException(getMessage() + ", and whether .dockerignore leaves it out");
        advised.initCause(this);
        return advised;
    }
}
