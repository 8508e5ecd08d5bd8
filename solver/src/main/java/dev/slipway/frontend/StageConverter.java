package dev.slipway.frontend;

import dev.slipway.executor.ExecutorException;
import dev.slipway.frontend.path.SystemPath;
import dev.slipway.parser.shell.ExpansionException;

/** Converts one stage: takes over what it stands on, and then does what its steps say, one after the other. */
final class StageConverter {

    private final Scope scope;
    private final StageBuild stage;
    private final SingleUse singleUse = new SingleUse();

    StageConverter(Scope scope, StageBuild stage) {
        this.scope = scope;
        this.stage = stage;
    }

    /**
     * Converts the stage. What it stands on must have been converted.
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
        for (Step step : stage.steps()) {
            try {
                step.instruction().accept(new StepConverter(new StepContext(scope, stage, singleUse, step)));
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
        for (String assignment : image.environment().assignments()) {
            state.environment().put(ImageEnvironment.nameOf(assignment), ImageEnvironment.valueOf(assignment));
        }
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
