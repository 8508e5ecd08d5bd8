package dev.slipway.frontend.stage;

import dev.slipway.frontend.FrontendException;
import dev.slipway.parser.DockerfileParseException;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.OnBuild;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Adds the ONBUILD triggers of their base to stages, as their first steps. */
final class TriggerLoader {

    /**
     * Triggers can name images whose triggers name images, and so on. BuildKit follows them without end; this is where we stop.
     */
    private static final int MOST_ROUNDS = 50;

    private static final int MOST_IMPLIED_TRIGGERS = 5_000;

    private final ConversionScope scope;
    private final BaseResolver bases;
    private final StepPlanner steps;
    private int impliedTriggers;

    TriggerLoader(ConversionScope scope) {
        this.scope = scope;
        this.bases = new BaseResolver(scope);
        this.steps = new StepPlanner(scope.stages(), scope.words());
    }

    /**
     * Resolves what a stage needs, which grows as triggers come to light.
     *
     * @return the stages that the target needs
     */
    Set<StageBuild> resolve(StageBuild target) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Set<StageBuild> needed = scope.stages().neededBy(target);
            bases.resolve(needed);
            boolean grown = false;
            for (StageBuild stage : needed) {
                grown |= load(stage);
            }
            if (!grown) {
                return needed;
            }
        }
        throw endless();
    }

    private static FrontendException endless() {
        return new FrontendException("ONBUILD triggers of images lead to further images without end");
    }

    /** Takes over the triggers that a stage inherits. Returns whether they read from other stages. */
    private boolean load(StageBuild stage) {
        List<String> triggers = new ArrayList<>();
        if (stage.isResolved()) {
            triggers.addAll(stage.content().image().takeTriggers());
        }
        if (stage.parent().isPresent() && stage.takeParentTriggers()) {
            for (StageStep step : stage.parent().get().steps()) {
                if (step.instruction() instanceof OnBuild onBuild) {
                    triggers.add(onBuild.expression());
                }
            }
        }
        if (triggers.isEmpty()) {
            return false;
        }
        impliedTriggers += stage.isImplied() ? triggers.size() : 0;
        if (impliedTriggers > MOST_IMPLIED_TRIGGERS) {
            throw endless();
        }
        List<StageStep> inherited;
        try {
            inherited = steps.plan(parse(triggers, place(stage)), true);
        } catch (FrontendException e) {
            throw e.onlyAt(stage.ranges());
        }
        stage.prependSteps(inherited);
        stage.names().addSteps(inherited.size());
        return inherited.stream().anyMatch(step -> !step.sources().isEmpty());
    }

    /** The place of a trigger is the FROM that inherits it. */
    private static SourceRange place(StageBuild stage) {
        return stage.from()
                .map(from -> from.statement().range())
                .orElseGet(() -> stage.ranges().isEmpty()
                        ? SourceRange.line(0)
                        : stage.ranges().get(0));
    }

    private static List<Instruction> parse(List<String> triggers, SourceRange place) {
        List<Instruction> instructions = new ArrayList<>(triggers.size());
        for (String trigger : triggers) {
            try {
                instructions.add(DockerfileParser.parseTrigger(trigger, place));
            } catch (DockerfileParseException e) {
                throw FrontendException.of(e);
            }
        }
        return instructions;
    }
}
