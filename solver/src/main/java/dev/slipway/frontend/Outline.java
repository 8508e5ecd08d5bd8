package dev.slipway.frontend;

import dev.slipway.parser.text.SourceRange;
import java.util.List;

/**
 * The arguments, secrets and agents that a target asks for.
 *
 * @param name of the target, or empty
 * @param description what the comment above it says, or empty
 * @param arguments the arguments that it, or a stage that it needs, uses; in the order of the file
 * @param secrets the secrets that steps want
 * @param agents the SSH agents that steps want
 */
public record Outline(
        String name, String description, List<Argument> arguments, List<Need> secrets, List<Need> agents) {

    public Outline {
        arguments = List.copyOf(arguments);
        secrets = List.copyOf(secrets);
        agents = List.copyOf(agents);
    }

    /**
     * A build argument.
     *
     * @param name its name
     * @param description what the comment above it says, or empty
     * @param value the value it has, or empty
     * @param ranges where it is declared
     */
    public record Argument(String name, String description, String value, List<SourceRange> ranges) {}

    /**
     * A secret or an agent.
     *
     * @param id its id in the session
     * @param required whether the build fails without it
     * @param ranges the first step that wants it
     */
    public record Need(String id, boolean required, List<SourceRange> ranges) {}
}
