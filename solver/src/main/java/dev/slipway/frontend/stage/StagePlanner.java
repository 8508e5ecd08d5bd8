package dev.slipway.frontend.stage;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.check.ConstantPlatformCheck;
import dev.slipway.frontend.check.RedundantPlatformCheck;
import dev.slipway.frontend.check.UndefinedFromArgumentCheck;
import dev.slipway.frontend.context.ContextLookup;
import dev.slipway.llb.Platform;
import dev.slipway.parser.shell.Expansion;
import dev.slipway.parser.shell.ExpansionException;
import dev.slipway.parser.text.Suggestions;
import dev.slipway.parser.tree.Add;
import dev.slipway.parser.tree.Copy;
import dev.slipway.parser.tree.From;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.Run;
import dev.slipway.parser.tree.Stage;
import dev.slipway.parser.tree.Workdir;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads every FROM, needed or not: the base and the platform of each stage. */
final class StagePlanner {

    private final ConversionScope scope;
    private final Set<String> declared;

    StagePlanner(ConversionScope scope) {
        this.scope = scope;
        this.declared = new LinkedHashSet<>(scope.globals().declared().keySet());
        declared.addAll(scope.globals().values().names());
    }

    /**
     * Adds all stages of a Dockerfile.
     *
     * @throws FrontendException if a FROM is invalid
     */
    void plan(List<Stage> stages) {
        for (int i = 0; i < stages.size(); i++) {
            From from = stages.get(i).from();
            try {
                scope.stages().add(plan(stages.get(i), i));
            } catch (FrontendException e) {
                throw e.at(from.statement().ranges());
            }
        }
    }

    /**
     * Adds the steps of all stages, and the images that they name.
     *
     * @throws FrontendException if a step reads from a stage that does not exist, or stages depend on each other
     */
    void planSteps(List<Stage> stages) {
        StageGraph graph = scope.stages();
        StepPlanner steps = new StepPlanner(graph, scope.words());
        for (int i = 0; i < stages.size(); i++) {
            graph.stages().get(i).prependSteps(steps.plan(stages.get(i).instructions(), false));
        }
        graph.refuseCircles();
        if (graph.stages().size() == 1) {
            graph.stages().get(0).names().dropStage();
        }
    }

    private StageBuild plan(Stage stage, int index) {
        From from = stage.from();
        Expansion base = expandBase(from);
        Set<String> used = new HashSet<>(base.matched());
        Optional<Platform> platform = Optional.empty();
        if (!from.platform().isEmpty()) {
            Expansion expanded = expandPlatform(from);
            platform = Optional.of(parsePlatform(from, expanded));
            used.addAll(expanded.matched());
        }
        Optional<ContextLookup> replacement = Optional.empty();
        if (!from.name().isEmpty()) {
            replacement = scope.contexts()
                    .find(from.name(), platform.orElse(scope.request().targetPlatform()));
        }
        Optional<StageBuild> parent =
                replacement.isPresent() ? Optional.empty() : scope.stages().named(base.text());
        boolean onImage = parent.isEmpty() && !base.text().equals(StageBuild.SCRATCH);
        int steps = replacement.isPresent() ? 0 : numberedSteps(stage.instructions()) + (onImage ? 1 : 0);
        parent.ifPresent(present -> used.addAll(present.outline().used()));
        StageBuild build = StageBuild.written(
                from,
                base.text(),
                platform,
                parent,
                new StepNames(
                        from.name().isEmpty() ? "stage-" + index : from.name(),
                        steps,
                        scope.request().multiPlatform()),
                OutlineNotes.of(scope.globals().declared(), used),
                ignoresCache(from.name()));
        replacement.ifPresent(build::replaceBy);
        return build;
    }

    private Expansion expandBase(From from) {
        Expansion base = expand(from, from.base(), "");
        if (base.text().isEmpty()) {
            throw new FrontendException("base name (" + from.base() + ") should not be blank");
        }
        return base;
    }

    private Expansion expandPlatform(From from) {
        Expansion platform = expand(from, from.platform(), "failed to process arguments for platform : ");
        String target = scope.globals().values().get("TARGETPLATFORM").orElse("");
        RedundantPlatformCheck.run(scope.checks(), from, platform, target);
        ConstantPlatformCheck.run(scope.checks(), from, platform);
        if (platform.text().isEmpty()) {
            throw new FrontendException("empty platform value from expression " + from.platform(), misspelt(platform));
        }
        return platform;
    }

    private Expansion expand(From from, String word, String prefix) {
        try {
            Expansion expansion = scope.words().expand(word, scope.globals().values());
            UndefinedFromArgumentCheck.run(scope.checks(), from.statement(), expansion.unmatched(), declared);
            return expansion;
        } catch (ExpansionException e) {
            UndefinedFromArgumentCheck.run(scope.checks(), from.statement(), e.unmatched(), declared);
            throw FrontendException.of(e).prefixed(prefix);
        }
    }

    private Platform parsePlatform(From from, Expansion expanded) {
        try {
            return Platform.parse(expanded.text());
        } catch (IllegalArgumentException e) {
            throw new FrontendException(
                    "failed to parse platform " + from.platform() + ": " + e.getMessage(), misspelt(expanded));
        }
    }

    /** The argument that the author probably meant instead of a missing one. */
    private Optional<String> misspelt(Expansion expansion) {
        return expansion.unmatched().stream()
                .map(name -> Suggestions.nearest(name, scope.globals().values().names()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static int numberedSteps(List<Instruction> instructions) {
        int count = 0;
        for (Instruction instruction : instructions) {
            if (instruction instanceof Run
                    || instruction instanceof Copy
                    || instruction instanceof Add
                    || instruction instanceof Workdir) {
                count++;
            }
        }
        return count;
    }

    private boolean ignoresCache(String stage) {
        return scope.request()
                .noCache()
                .map(stages -> stages.isEmpty() || stages.stream().anyMatch(stage::equalsIgnoreCase))
                .orElse(false);
    }
}
