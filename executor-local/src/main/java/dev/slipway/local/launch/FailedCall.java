package dev.slipway.local.launch;

/**
 * A system call that ended a process before it became the program it was started for.
 *
 * @param position among the calls of the {@link ChildProgram}, from 0
 * @param description what the call was for
 * @param error the error's number
 */
public record FailedCall(int position, String description, int error) {

    /** What went wrong, such as {@code mount /proc: Operation not permitted}. */
    public String message() {
        return description + ": " + Errno.textOf(error);
    }
}
