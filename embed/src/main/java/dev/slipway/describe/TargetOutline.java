package dev.slipway.describe;

import static java.util.Objects.requireNonNull;

import dev.slipway.frontend.Outline;
import dev.slipway.frontend.Outline.Need;
import dev.slipway.llb.SourceLocation.SourceFile;
import java.util.List;

/**
 * What a target needs from the user who builds it.
 *
 * @param outline the arguments, secrets and agents
 * @param file the Dockerfile
 */
public record TargetOutline(Outline outline, SourceFile file) {

    public TargetOutline {
        requireNonNull(outline, "outline is null");
        requireNonNull(file, "file is null");
    }

    /** BuildKit's {@code frontend.outline} result. */
    public String toJson() {
        return DescriptionJson.write(json -> json.outline(this));
    }

    /** A table for each kind of need, for people. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        if (!outline.name().isEmpty() || !outline.description().isEmpty()) {
            TextTable head = new TextTable(1);
            head.row("TARGET:", outline.name().isEmpty() ? "(default)" : outline.name());
            if (!outline.description().isEmpty()) {
                head.row("DESCRIPTION:", outline.description());
            }
            text.append(head).append('\n');
        }
        if (!outline.arguments().isEmpty()) {
            TextTable arguments = new TextTable(3);
            arguments.row("BUILD ARG", "VALUE", "DESCRIPTION");
            outline.arguments()
                    .forEach(argument -> arguments.row(argument.name(), argument.value(), argument.description()));
            text.append(arguments).append('\n');
        }
        needs(text, "SECRET", outline.secrets());
        needs(text, "SSH", outline.agents());
        return text.toString();
    }

    private static void needs(StringBuilder text, String title, List<Need> needs) {
        if (!needs.isEmpty()) {
            TextTable table = new TextTable(3);
            table.row(title, "REQUIRED");
            needs.forEach(need -> table.row(need.id(), need.required() ? "true" : ""));
            text.append(table).append('\n');
        }
    }
}
