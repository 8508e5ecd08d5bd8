package dev.slipway.parser;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.Instruction;
import java.nio.charset.StandardCharsets;

/** Short ways to parse in tests. */
final class Parsing {

    private Parsing() {}

    static Dockerfile parse(String dockerfile) {
        return DockerfileParser.parse(dockerfile.getBytes(StandardCharsets.UTF_8));
    }

    /** The first instruction of a stage that starts with {@code FROM scratch} in a line of its own. */
    static <T extends Instruction> T first(Class<T> type, String instructions) {
        return type.cast(parse("FROM scratch\n" + instructions)
                .stages()
                .get(0)
                .instructions()
                .get(0));
    }

    static DockerfileParseException failure(String dockerfile) {
        return catchThrowableOfType(DockerfileParseException.class, () -> parse(dockerfile));
    }

    /** The message with which a stage fails that holds this, without the prefix. */
    static String message(String instructions) {
        DockerfileParseException failure = failure("FROM scratch\n" + instructions);
        return failure == null
                ? "parsed"
                : failure.getMessage().replaceFirst("^dockerfile parse error on line 2: ", "");
    }
}
