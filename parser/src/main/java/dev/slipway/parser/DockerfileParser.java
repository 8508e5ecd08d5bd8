package dev.slipway.parser;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.Instruction;

/** Parses Dockerfiles. Safe for use by many threads at once. */
public final class DockerfileParser {

    private DockerfileParser() {}

    /**
     * Parses a Dockerfile.
     *
     * @throws DockerfileParseException if it is not one, or has no stage
     */
    public static Dockerfile parse(byte[] source) {
        return parse(source, Checks.none());
    }

    /**
     * Parses a Dockerfile and reports what the checks of its text find. What was reported before a failure stays
     * reported.
     *
     * @throws DockerfileParseException if it is not one, or has no stage
     */
    public static Dockerfile parse(byte[] source, Checks checks) {
        throw new IllegalStateException("parse " + source.length + checks);
    }

    /**
     * Parses one instruction of an image's ONBUILD list, or of an {@code ONBUILD} in a Dockerfile.
     *
     * @param expression the trigger, heredoc bodies included
     * @param place the location of the result and of failures: that of the FROM that inherits the trigger
     * @throws DockerfileParseException if it is not exactly one instruction
     */
    public static Instruction parseTrigger(String expression, SourceRange place) {
        throw new IllegalStateException("parse " + expression + place);
    }
}
