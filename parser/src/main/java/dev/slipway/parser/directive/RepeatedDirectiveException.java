package dev.slipway.parser.directive;

import static java.util.Objects.requireNonNull;

/** A directive that is allowed once is given twice. The message is BuildKit's. */
public final class RepeatedDirectiveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RepeatedDirectiveException(String name) {
        super("only one " + name + " parser directive can be used");
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
