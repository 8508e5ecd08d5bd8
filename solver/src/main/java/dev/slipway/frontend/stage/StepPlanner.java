package dev.slipway.frontend.stage;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.value.GoNumbers;
import dev.slipway.parser.shell.Expansion;
import dev.slipway.parser.shell.ExpansionException;
import dev.slipway.parser.shell.Variables;
import dev.slipway.parser.tree.Copy;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the stages that instructions read from. An image that is not the name of a stage becomes a stage of its own. */
final class StepPlanner {

    private final StageGraph graph;
    private final BoundedWords words;

    /** @param words reads words of the Dockerfile */
    StepPlanner(StageGraph graph, BoundedWords words) {
        this.graph = graph;
        this.words = words;
    }

    /**
     * The steps of a stage.
     *
     * @param triggers whether the instructions were inherited through ONBUILD
     * @throws FrontendException if one reads from a stage that does not exist
     */
    List<StageStep> plan(List<Instruction> instructions, boolean triggers) {
        List<StageStep> steps = new ArrayList<>(instructions.size());
        for (Instruction instruction : instructions) {
            List<StageBuild> sources;
            try {
                sources = sources(instruction);
            } catch (FrontendException e) {
                throw e.at(instruction.statement().ranges());
            }
            sources.stream().filter(StageBuild::isImplied).forEach(graph::add);
            steps.add(new StageStep(instruction, sources, triggers));
        }
        return steps;
    }

    private List<StageBuild> sources(Instruction instruction) {
        if (instruction instanceof Copy copy && !copy.from().isEmpty()) {
            return List.of(source(copy));
        }
        if (instruction instanceof Run run && !run.mounts().isEmpty()) {
            return run.mounts().stream().map(this::source).toList();
        }
        return List.of();
    }

    private StageBuild source(Copy copy) {
        String from = copy.from();
        refuseVariables(from);
        Optional<Long> index = GoNumbers.int64(from);
        if (index.isPresent()) {
            return byIndex(index.get());
        }
        return graph.namedIgnoringCase(from)
                .orElseGet(() -> StageBuild.implied(from, copy.statement().ranges()));
    }

    private void refuseVariables(String from) {
        Expansion expansion;
        try {
            expansion = words.expand(from, Variables.none());
        } catch (ExpansionException e) {
            throw FrontendException.of(e);
        }
        if (!expansion.text().equals(from)) {
            throw new FrontendException("variable expansion is not supported for --from, define a new stage with"
                    + " FROM using ARG from global scope as a workaround");
        }
    }

    private StageBuild byIndex(long index) {
        if (index < 0 || index >= graph.stages().size()) {
            throw new FrontendException("invalid stage index " + index);
        }
        return graph.stages().get((int) index);
    }

    /** A mount without a stage has an empty one. Its type is not considered, because it may still be a variable. */
    private StageBuild source(Run.Mount mount) {
        String from = mount.fields().stream()
                .filter(field -> field.key().equals("from"))
                .flatMap(field -> field.value().stream())
                .reduce("", (earlier, last) -> last);
        String name = from.isEmpty() ? StageBuild.SCRATCH : from;
        return graph.namedIgnoringCase(name).orElseGet(() -> StageBuild.implied(name, List.of()));
    }
}
