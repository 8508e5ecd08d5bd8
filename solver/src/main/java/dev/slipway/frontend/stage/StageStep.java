package dev.slipway.frontend.stage;

import dev.slipway.parser.tree.Instruction;
import java.util.List;

/**
 * An instruction in the stage that executes it.
 *
 * @param instruction what is to be done
 * @param sources the stages it reads: one for each mount of RUN, at most one for COPY
 * @param trigger whether it was inherited through ONBUILD
 */
record StageStep(Instruction instruction, List<StageBuild> sources, boolean trigger) {

    StageStep {
        sources = List.copyOf(sources);
    }
}
