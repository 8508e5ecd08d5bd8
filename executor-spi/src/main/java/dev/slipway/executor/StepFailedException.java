package dev.slipway.executor;

/** The process of a step ended with an exit code other than 0. */
public final class StepFailedException extends ExecutorException {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    /**
     * @param message such as {@code process "/bin/sh -c exit 3" did not complete successfully: exit code: 3}
     * @param exitCode the code; 128 plus the number of the signal for a process that was killed
     */
    public StepFailedException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The exit code; 128 plus the number of the signal for a process that was killed. */
    public int exitCode() {
        return exitCode;
    }
}
