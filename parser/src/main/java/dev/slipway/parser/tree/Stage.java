package dev.slipway.parser.tree;

import java.util.List;

/**
 * A stage: its FROM and what follows.
 *
 * @param from how it starts; its name, base and platform
 * @param instructions the others, in order; no {@link From} among them
 */
public record Stage(From from, List<Instruction> instructions) {

    public Stage {
        instructions = List.copyOf(instructions);
    }

    /** The name in lower case; empty if it has none. */
    public String name() {
        return from.name();
    }

    /** The description of the stage in the comments above FROM; empty if there is none. */
    public String description() {
        return from.statement().descriptionOf(from.name());
    }
}
