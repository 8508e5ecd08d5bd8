package dev.slipway.parser;

import dev.slipway.parser.tree.Arg;
import dev.slipway.parser.tree.From;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorts instructions into stages and those before the first stage. */
final class StageCollector {

    private final List<Arg> globalArgs = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private @Nullable From from;

    /**
     * Adds the next instruction.
     *
     * @throws DockerfileParseException if only a stage can hold it and there is none
     */
    void add(Instruction instruction) {
        if (instruction instanceof From next) {
            endStage();
            from = next;
        } else if (from != null) {
            instructions.add(instruction);
        } else if (instruction instanceof Arg arg) {
            globalArgs.add(arg);
        } else {
            throw new DockerfileParseException(
                    "no build stage in current context", instruction.statement().ranges());
        }
    }

    List<Arg> globalArgs() {
        return globalArgs;
    }

    /**
     * Ends the last stage and returns all of them.
     *
     * @throws DockerfileParseException if there is none
     */
    List<Stage> stages() {
        endStage();
        if (stages.isEmpty()) {
            throw new DockerfileParseException("dockerfile contains no stages to build", List.of());
        }
        return stages;
    }

    private void endStage() {
        if (from != null) {
            stages.add(new Stage(from, instructions));
            instructions.clear();
            from = null;
        }
    }
}
