package dev.slipway.cli;

import java.util.function.Supplier;

/** The command was called wrongly: exit code 2. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }

    /**
     * What the library refuses was written on the command line.
     *
     * @param option the option with its value
     */
    static <T> T checked(String option, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }
}
