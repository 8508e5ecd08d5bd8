package dev.slipway.frontend.stage;

import dev.slipway.frontend.check.UndefinedVariableCheck;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.shell.Expansion;
import dev.slipway.parser.shell.ExpansionException;
import dev.slipway.parser.shell.Variables;
import dev.slipway.parser.tree.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** The words of one step, read with the variables of its stage. */
public final class StepWords {

    private final BoundedWords words;
    private final Checks checks;
    private final Statement statement;
    private final Environment environment;
    private final DeclaredArguments arguments;

    StepWords(BoundedWords words, Checks checks, Statement statement, StageContent stage) {
        this.words = words;
        this.checks = checks;
        this.statement = statement;
        this.environment = stage.state().environment();
        this.arguments = stage.arguments();
    }

    /** Expands a word of the instruction. */
    public String expand(String word) {
        return expand(words::expand, word);
    }

    /** Expands the body of a heredoc. */
    public String expandHeredoc(String body) {
        return expand(words::expandHeredoc, body);
    }

    private String expand(BiFunction<String, Variables, Expansion> expander, String text) {
        try {
            Expansion expansion = expander.apply(text, environment);
            checkDefined(expansion.unmatched());
            return expansion.text();
        } catch (ExpansionException e) {
            checkDefined(e.unmatched());
            throw e;
        }
    }

    private void checkDefined(Set<String> unmatched) {
        if (!unmatched.isEmpty()) {
            UndefinedVariableCheck.run(checks, statement, unmatched, this::isDeclared, environment.names());
        }
    }

    private boolean isDeclared(String name) {
        return arguments.contains(name) || DeclaredArguments.isForFrontend(name);
    }

    /** Expands a text into words. */
    public List<String> split(String text) {
        return words.split(text, environment);
    }

    /**
     * Counts text that was not in the file.
     *
     * @throws dev.slipway.frontend.FrontendException if the Dockerfile has grown too much
     */
    public void grow(long characters) {
        words.grow(characters);
    }

    /** The instruction as progress shows it: its text with variables replaced, or as written if that fails. */
    public String shownText() {
        return shown(words::expand, statement.text(), environment);
    }

    /**
     * A command as progress shows it: quotes stay, and so do unset variables.
     *
     * @param variables those of the stage, secrets masked
     */
    public String shownCommand(String text, Variables variables) {
        return shown(words::expandCommand, text, variables);
    }

    private static String shown(BiFunction<String, Variables, Expansion> expander, String text, Variables variables) {
        String shown = text;
        try {
            shown = expander.apply(text, variables).text();
        } catch (ExpansionException e) {
            // A name must not make the build fail: the instruction itself was expanded word by word, and a command that
            // only its own shell understands is shown as written.
        }
        return StepNames.withUpperCaseKeyword(shown);
    }
}
