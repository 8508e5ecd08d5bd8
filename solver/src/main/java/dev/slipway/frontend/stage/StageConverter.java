package dev.slipway.frontend.stage;

import dev.slipway.executor.ExecutorException;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.image.ImageDraft;
import dev.slipway.frontend.path.SystemPath;
import dev.slipway.parser.shell.ExpansionException;
import dev.slipway.parser.tree.Instruction;
import java.util.function.Function;

/** Converts one stage: takes over its base, and then converts its steps, one after the other. */
final class StageConverter {

    private final ConversionScope scope;
    private final StageBuild stage;
    private final Function<StepContext, Instruction.Visitor<Void>> converters;
    private final SingleUse singleUse = new SingleUse();

    /** @param converters convert the instruction of a step, each in its own way */
    StageConverter(
            ConversionScope scope, StageBuild stage, Function<StepContext, Instruction.Visitor<Void>> converters) {
        this.scope = scope;
        this.stage = stage;
        this.converters = converters;
    }

    /**
     * Converts the stage. Its base must have been converted.
     *
     * @throws FrontendException if a step can't be converted
     */
    void convert() {
        stage.parent().ifPresent(parent -> stage.content(parent.content().forChild()));
        stage.markConverted();
        try {
            takeOverConfig(stage.content());
        } catch (IllegalArgumentException e) {
            throw FrontendException.of(e).at(stage.ranges());
        }
        for (StageStep step : stage.steps()) {
            try {
                step.instruction().accept(converters.apply(new StepContext(scope, stage, singleUse, step)));
            } catch (IllegalArgumentException | ExpansionException | ExecutorException e) {
                throw FrontendException.of(e).at(step.instruction().statement().ranges());
            } catch (FrontendException e) {
                throw e.at(step.instruction().statement().ranges());
            }
        }
    }

    /** The config's environment comes in its own order, even if the stage below had another. */
    private static void takeOverConfig(StageContent content) {
        BuildState state = content.state();
        ImageDraft image = content.image();
        String os = content.platform().map(platform -> platform.os()).orElse("");
        image.ensurePath(os);
        image.forEachVariable(state.environment()::put);
        if (!image.workingDirectory().isEmpty()) {
            String directory = SystemPath.workingDirectory(image.workingDirectory(), image.workingDirectory(), os);
            image.workingDirectory(directory);
            state.directory(SystemPath.toSlash(directory, os));
        }
        if (!image.user().isEmpty()) {
            state.user(image.user());
        }
    }
}
