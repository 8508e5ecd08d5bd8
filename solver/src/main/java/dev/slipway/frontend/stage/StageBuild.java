package dev.slipway.frontend.stage;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.frontend.context.ContextLookup;
import dev.slipway.frontend.graph.Root;
import dev.slipway.llb.Platform;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.From;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stage during conversion: its base, what it needs, and what has been converted so far. Besides the written stages there is
 * one for each image that only COPY or a mount names.
 */
public final class StageBuild {

    /** The name of the empty image. */
    public static final String SCRATCH = "scratch";

    private final Optional<From> from;
    private final String base;
    private final Optional<Platform> platform;
    private final List<SourceRange> ranges;
    private final Optional<StageBuild> parent;
    private final StepNames names;
    private final OutlineNotes outline;
    private final boolean ignoreCache;
    private final Map<StageBuild, List<SourceRange>> dependencies = new LinkedHashMap<>();
    private Optional<ContextLookup> replacement = Optional.empty();
    private List<StageStep> steps = List.of();
    private boolean parentTriggersTaken;
    private @Nullable StageContent content;
    private boolean converted;

    private StageBuild(
            Optional<From> from,
            String base,
            Optional<Platform> platform,
            List<SourceRange> ranges,
            Optional<StageBuild> parent,
            StepNames names,
            OutlineNotes outline,
            boolean ignoreCache) {
        this.from = from;
        this.base = base;
        this.platform = platform;
        this.ranges = ranges;
        this.parent = parent;
        this.names = names;
        this.outline = outline;
        this.ignoreCache = ignoreCache;
    }

    /**
     * A written stage.
     *
     * @param from its FROM
     * @param base its base, expanded
     * @param platform the value of {@code --platform}
     * @param parent the stage it is based on, if any
     * @param names numbers its steps
     * @param outline notes what it uses
     * @param ignoreCache whether earlier results are ignored
     */
    static StageBuild written(
            From from,
            String base,
            Optional<Platform> platform,
            Optional<StageBuild> parent,
            StepNames names,
            OutlineNotes outline,
            boolean ignoreCache) {
        return new StageBuild(
                Optional.of(from), base, platform, from.statement().ranges(), parent, names, outline, ignoreCache);
    }

    /** A stage that is just an image, named by COPY or a mount. It has no steps and no numbers. */
    static StageBuild implied(String image, List<SourceRange> ranges) {
        return new StageBuild(
                Optional.empty(),
                image,
                Optional.empty(),
                ranges,
                Optional.empty(),
                new StepNames("", 0, false),
                OutlineNotes.none(),
                false);
    }

    /** Whether it comes from no FROM. */
    boolean isImplied() {
        return from.isEmpty();
    }

    /** The name after AS in lower case; empty if it has none. */
    String name() {
        return from.map(From::name).orElse("");
    }

    /** The text of FROM; empty if there is none. */
    String source() {
        return from.map(present -> present.statement().text()).orElse("");
    }

    Optional<From> from() {
        return from;
    }

    String base() {
        return base;
    }

    /** The value of {@code --platform}. */
    Optional<Platform> platform() {
        return platform;
    }

    List<SourceRange> ranges() {
        return ranges;
    }

    /** The stage that this one is based on, if any. */
    Optional<StageBuild> parent() {
        return parent;
    }

    /** What the stage is called in messages: its name, else its place; empty for the only one. */
    public String title() {
        return names.stage();
    }

    StepNames names() {
        return names;
    }

    OutlineNotes outline() {
        return outline;
    }

    /** Whether earlier results are ignored. */
    public boolean ignoreCache() {
        return ignoreCache;
    }

    /** The stages that steps read from, each with the place of the step. */
    Map<StageBuild, List<SourceRange>> dependencies() {
        return dependencies;
    }

    /** The named context that replaces this stage. */
    Optional<ContextLookup> replacement() {
        return replacement;
    }

    void replaceBy(ContextLookup context) {
        replacement = Optional.of(context);
    }

    List<StageStep> steps() {
        return steps;
    }

    /** Adds steps before the existing ones. */
    void prependSteps(List<StageStep> more) {
        List<StageStep> all = new ArrayList<>(more);
        all.addAll(steps);
        steps = List.copyOf(all);
        for (StageStep step : more) {
            step.sources()
                    .forEach(source -> dependencies.put(
                            source, step.instruction().statement().ranges()));
        }
    }

    /** Whether the triggers of the parent still have to be taken over; true only once. */
    boolean takeParentTriggers() {
        boolean first = !parentTriggersTaken;
        parentTriggersTaken = true;
        return first;
    }

    /** Whether the base has been found, or none is needed. */
    boolean isResolved() {
        return content != null;
    }

    /** The files that it has so far. */
    public Root root() {
        return content().state().root();
    }

    /** Remembers that this path of its root is read; the root stands for all paths. */
    public void want(String path) {
        content().usedPaths().add(SlashPath.join("/", path));
    }

    StageContent content() {
        return requireNonNull(content);
    }

    void content(StageContent start) {
        content = start;
    }

    /** Whether its steps have been converted, or are being so. */
    public boolean isConverted() {
        return converted;
    }

    void markConverted() {
        converted = true;
    }
}
