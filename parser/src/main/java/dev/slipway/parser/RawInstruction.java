package dev.slipway.parser;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.Heredoc;
import dev.slipway.parser.tree.Statement;
import java.util.List;
import java.util.Set;

/**
 * An instruction whose words are known and whose meaning is not: flags are unchecked and arguments uncounted.
 *
 * @param line what it was read from
 * @param keyword what it is
 * @param statement how it was written
 * @param flags the statement's flags
 * @param arguments what follows them
 * @param heredocs in order
 */
record RawInstruction(
        LogicalLine line,
        Keyword keyword,
        Statement statement,
        List<Flag> flags,
        Arguments arguments,
        List<Heredoc> heredocs) {

    private static final Set<String> WITH_HEREDOCS = Set.of("ADD", "COPY", "RUN");

    static RawInstruction of(
            LogicalLine line, Keyword keyword, Statement statement, List<Flag> flags, Arguments arguments) {
        return new RawInstruction(line, keyword, statement, flags, arguments, List.of());
    }

    List<String> words() {
        return arguments.words();
    }

    /** Whether heredoc markers count in this instruction. */
    boolean allowsHeredocs() {
        boolean trigger = keyword == Keyword.ONBUILD && !words().isEmpty();
        String name = trigger ? GoText.toUpperCase(words().get(0)) : keyword.name();
        return WITH_HEREDOCS.contains(name) && !arguments.json();
    }

    /** The same with these heredocs, ending where they end. */
    RawInstruction withHeredocs(List<Heredoc> found, SourceRange range) {
        Statement whole =
                new Statement(statement.keyword(), statement.text(), statement.flags(), range, statement.comments());
        return new RawInstruction(line, keyword, whole, flags, arguments, found);
    }
}
