package dev.slipway.parser.check;

import dev.slipway.parser.tree.Arg;
import dev.slipway.parser.tree.From;
import dev.slipway.parser.tree.Instruction;
import java.util.List;

/** A comment directly above an argument or a named stage is taken for its description, so it should start with its name. */
final class InvalidDefinitionDescription {

    private InvalidDefinitionDescription() {}

    static void check(Instruction instruction, Checks checks) {
        if (instruction instanceof From from && !from.name().isEmpty()) {
            check("FROM", List.of(from.name()), from, checks);
        } else if (instruction instanceof Arg arg) {
            check("ARG", arg.variables().stream().map(Arg.Variable::name).toList(), arg, checks);
        }
    }

    private static void check(String keyword, List<String> names, Instruction instruction, Checks checks) {
        List<String> comments = instruction.statement().comments();
        if (comments.isEmpty()) {
            return;
        }
        String firstWord = comments.get(comments.size() - 1).split(" ", 2)[0];
        if (!names.contains(firstWord)) {
            String example = names.size() > 1 ? "<arg_key>" : names.get(0);
            checks.report(
                    Rules.INVALID_DEFINITION_DESCRIPTION,
                    "Comment for " + keyword + " should follow the format: `# " + example + " <description>`",
                    instruction.statement());
        }
    }
}
