package dev.slipway.executor.text;

/** Why something failed, in the words of its exception. */
public final class Reason {

    private Reason() {}

    /** The message. Code of others may throw exceptions that have none. */
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? "no reason is given" : message;
    }
}
