package dev.slipway.local.layer;

import dev.slipway.executor.ExecutorException;

/** Says that a file that a step reads is not there, in BuildKit's words and with what to do. */
public final class Missing {

    private static final String ADVICE =
            "; check the name, and for a file of the context, whether .dockerignore leaves it out";

    private Missing() {}

    /** There is no file at this path. */
    public static ExecutorException file(String path) {
        return new ExecutorException("\"" + path + "\": not found" + ADVICE);
    }

    /** There is no file that matches this pattern. */
    public static ExecutorException matching(String pattern) {
        return new ExecutorException(pattern + " not found" + ADVICE);
    }
}
