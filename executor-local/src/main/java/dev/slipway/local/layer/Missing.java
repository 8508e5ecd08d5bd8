package dev.slipway.local.layer;

/** Says that a file that a step reads is not there, in BuildKit's words and with what to do. */
public final class Missing {

    private static final String ADVICE = "; check the name";

    private Missing() {}

    /** There is no file at this path. */
    public static MissingFileException file(String path) {
        return new MissingFileException("\"" + path + "\": not found" + ADVICE);
    }

    /** There is no file that matches this pattern. */
    public static MissingFileException matching(String pattern) {
        return new MissingFileException(pattern + " not found" + ADVICE);
    }
}
