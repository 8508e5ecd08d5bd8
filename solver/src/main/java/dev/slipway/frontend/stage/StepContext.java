package dev.slipway.frontend.stage;

import dev.slipway.frontend.ProcessOptions;
import dev.slipway.frontend.context.ContextReads;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.image.ImageDraft;
import dev.slipway.frontend.stage.OutlineNotes.Argument;
import dev.slipway.frontend.stage.OutlineNotes.Need;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta.Proxy;
import dev.slipway.llb.SourceLocation;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One step during conversion, with what its converter needs from the stage and from the conversion. */
public final class StepContext {

    private static final Platform NOWHERE = Platform.of("", "", "");

    private final ConversionScope scope;
    private final StageBuild stage;
    private final SingleUse singleUse;
    private final StageStep step;
    private final Statement statement;
    private final StepWords words;

    StepContext(ConversionScope scope, StageBuild stage, SingleUse singleUse, StageStep step) {
        this.scope = scope;
        this.stage = stage;
        this.singleUse = singleUse;
        this.step = step;
        this.statement = step.instruction().statement();
        this.words = new StepWords(scope.words(), scope.checks(), statement, stage.content());
    }

    /** The instruction as it is written. */
    public Statement statement() {
        return statement;
    }

    /** The checks that findings are reported to. */
    public Checks checks() {
        return scope.checks();
    }

    /** The main context. */
    public ContextReads files() {
        return scope.files();
    }

    /** Settings of every RUN. */
    public ProcessOptions process() {
        return scope.request().process();
    }

    /** The proxy settings of every RUN. */
    public Optional<Proxy> proxy() {
        return scope.proxy();
    }

    /** Whether the Dockerfile asks for experimental features. */
    public boolean labs() {
        return scope.labs();
    }

    /** The value given for an argument. */
    public Optional<String> buildArgument(String name) {
        return Optional.ofNullable(scope.buildArgs().get(name));
    }

    /** The value of an argument that FROM sees. */
    public Optional<String> globalArgument(String name) {
        return scope.globals().values().get(name);
    }

    /** The stage that the step belongs to. */
    public StageBuild stage() {
        return stage;
    }

    /** The stages that the step reads: one for each mount of RUN, at most one for COPY. */
    public List<StageBuild> sources() {
        return step.sources();
    }

    /** The state that the next process of the stage starts from. */
    public BuildState state() {
        return stage.content().state();
    }

    /** The variables of the next process. */
    public Environment environment() {
        return state().environment();
    }

    /** The image config of the stage. */
    public ImageDraft image() {
        return stage.content().image();
    }

    /** The platform of the stage. It is unknown for one based on a context without an image, as in BuildKit. */
    public Platform platform() {
        return stage.content().platform().orElse(NOWHERE);
    }

    /** The system of that platform, or empty. */
    public String os() {
        return platform().os();
    }

    /** Reads the words of the step. */
    public StepWords words() {
        return words;
    }

    /** Expands a word of the instruction with the variables of the stage. */
    public String expand(String word) {
        return words.expand(word);
    }

    /** Declares an argument of the stage, with a value or without, which from then on is a variable. */
    public void declareArgument(String name, Optional<String> value) {
        if (!DeclaredArguments.isForFrontend(name)) {
            value.ifPresent(text -> environment().put(name, text));
        }
        stage.content().arguments().declare(name, value);
        stage.outline().use(name);
    }

    /** Notes that the value of an argument comes from this step, and not from an argument before the first FROM. */
    public void noteArgument(String name, Optional<String> value) {
        stage.outline()
                .declare(new Argument(
                        name, value.orElse(""), statement.descriptionOf(name), Set.of(), statement.ranges()));
    }

    /** The prefix of a command in the history: the arguments, with the values that the process sees. */
    public String argumentsPrefix() {
        return stage.content().arguments().historyPrefix(environment());
    }

    /** Notes that this step needs a secret of the session. */
    public void needSecret(String id, boolean required) {
        stage.outline().needSecret(id, new Need(required, statement.ranges()));
    }

    /** Notes that this step needs an SSH agent of the session. */
    public void needAgent(String id, boolean required) {
        stage.outline().needAgent(id, new Need(required, statement.ranges()));
    }

    /** Whether a WORKDIR of the Dockerfile has been seen, and remembers one. */
    public boolean markWorkdir() {
        return stage.content().markWorkdir();
    }

    /** Remembers an instruction of which only the last one in a stage has an effect, and reports an earlier one. */
    public void markSingleUse(String keyword) {
        singleUse.mark(keyword, statement, scope.checks());
    }

    /** Whether the stage itself has had such an instruction. */
    public boolean hasUsed(String keyword) {
        return singleUse.has(keyword);
    }

    /** The prefix of this step's name. The step takes the next number of the stage. */
    public String nextPrefix(Optional<Platform> platform) {
        return stage.names().nextPrefix(platform, environment(), step.trigger());
    }

    /** Metadata of a vertex that this step makes, with its place in the file. */
    public Metadata metadata(String name) {
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
    public long timestamp() {
        return scope.epoch().isPresent() ? scope.epoch().getAsLong() * 1_000_000_000L : FileAction.NO_TIMESTAMP;
    }

    /** Adds this step to the history. */
    public void commit(String text, boolean withLayer) {
        image().commit(text, withLayer, scope.epoch());
    }
}
