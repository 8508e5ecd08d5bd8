package dev.slipway.parser.tree;

import dev.slipway.parser.text.SourceText;
import java.util.List;

/**
 * A parsed Dockerfile.
 *
 * @param source the text it was parsed from
 * @param directives the parser directives at its top, in order
 * @param escape the escape character, {@code \} unless a directive says otherwise
 * @param globalArgs the ARG instructions before the first stage, in order
 * @param stages the stages, in order, at least one
 */
public record Dockerfile(
        SourceText source, List<Directive> directives, char escape, List<Arg> globalArgs, List<Stage> stages) {

    public Dockerfile {
        directives = List.copyOf(directives);
        globalArgs = List.copyOf(globalArgs);
        stages = List.copyOf(stages);
    }
}
