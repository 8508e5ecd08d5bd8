package dev.slipway.llb;

/** A text of an op is not valid UTF-8, which the encoding does not allow. */
public final class InvalidUtf8Exception extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    InvalidUtf8Exception() {
        super("string field contains invalid UTF-8");
    }
}
