package dev.slipway.parser.directive;

/** A directive that may stand once stands twice. The message is BuildKit's. */
public final class RepeatedDirectiveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RepeatedDirectiveException(String name) {
        super("only one " + name + " parser directive can be used");
    }
}
