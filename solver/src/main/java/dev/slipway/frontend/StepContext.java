package dev.slipway.frontend;

import dev.slipway.frontend.check.UndefinedVariableCheck;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation;
import dev.slipway.parser.shell.Expansion;
import dev.slipway.parser.shell.ExpansionException;
import dev.slipway.parser.shell.Variables;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** One step on its way, with what its converter needs of the stage and of the conversion. */
final class StepContext {

    private static final Platform NOWHERE = Platform.of("", "", "");

    private final Scope scope;
    private final StageBuild stage;
    private final SingleUse singleUse;
    private final Step step;
    private final Statement statement;

    StepContext(Scope scope, StageBuild stage, SingleUse singleUse, Step step) {
        this.scope = scope;
        this.stage = stage;
        this.singleUse = singleUse;
        this.step = step;
        this.statement = step.instruction().statement();
    }

    Scope scope() {
        return scope;
    }

    StageBuild stage() {
        return stage;
    }

    SingleUse singleUse() {
        return singleUse;
    }

    Step step() {
        return step;
    }

    Statement statement() {
        return statement;
    }

    BuildState state() {
        return stage.content().state();
    }

    ImageDraft image() {
        return stage.content().image();
    }

    Environment environment() {
        return state().environment();
    }

    /** The platform of the stage. One that stands on a context without an image has an unknown one, as in BuildKit. */
    Platform platform() {
        return stage.content().platform().orElse(NOWHERE);
    }

    String os() {
        return platform().os();
    }

    /** Expands a word of the instruction with the variables of the stage. */
    String expand(String word) {
        return expand(scope.words()::expand, word);
    }

    /** Expands the body of a heredoc. */
    String expandHeredoc(String body) {
        return expand(scope.words()::expandHeredoc, body);
    }

    private String expand(BiFunction<String, Variables, Expansion> expander, String text) {
        try {
            Expansion expansion = expander.apply(text, environment());
            checkDefined(expansion.unmatched());
            return expansion.text();
        } catch (ExpansionException e) {
            checkDefined(e.unmatched());
            throw e;
        }
    }

    private void checkDefined(Set<String> unmatched) {
        if (!unmatched.isEmpty()) {
            UndefinedVariableCheck.run(
                    scope.checks(),
                    statement,
                    unmatched,
                    stage.content().arguments()::contains,
                    environment().names());
        }
    }

    /** The instruction as progress shows it: its text with variables replaced, as it is written if that fails. */
    String shownText() {
        String text = statement.text();
        try {
            text = scope.words().expand(text, environment()).text();
        } catch (ExpansionException e) {
            // A name is no reason to fail: the instruction itself was expanded word by word.
        }
        return StepNames.withUpperCaseKeyword(text);
    }

    /** What stands before the text of this step, which takes the next number of the stage. */
    String nextPrefix(Optional<Platform> platform) {
        return stage.names().nextPrefix(platform, environment(), step.trigger());
    }

    /** Metadata of a vertex that this step makes, with its place in the file. */
    Metadata metadata(String name) {
        Metadata metadata = Metadata.named(name);
        scope.request().file().ifPresent(file -> metadata.at(new SourceLocation(file, lineRanges(statement.ranges()))));
        return metadata;
    }

    static List<SourceLocation.Range> lineRanges(List<SourceRange> ranges) {
        return ranges.stream()
                .map(range -> new SourceLocation.Range(
                        range.startLine(), range.startCharacter(), range.endLine(), range.endCharacter()))
                .toList();
    }

    /** The timestamp of folders that the step makes, in nanoseconds since 1970. */
    long timestamp() {
        return scope.epoch().isPresent() ? scope.epoch().getAsLong() * 1_000_000_000L : FileAction.NO_TIMESTAMP;
    }

    /** Adds to the history what this step did. */
    void commit(String text, boolean withLayer) {
        image().commit(text, withLayer, scope.epoch());
    }
}
