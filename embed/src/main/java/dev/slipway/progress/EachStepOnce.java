package dev.slipway.progress;

import dev.slipway.executor.event.BuildEvent;
import dev.slipway.llb.Digest;
import java.util.HashSet;
import java.util.Set;

/**
 * Passes on what is reported of a step until it has ended, and nothing but warnings of the same step after that: what was fetched
 * to get at a Dockerfile is found again when the whole is built.
 */
final class EachStepOnce implements Progress {

    private final Progress progress;
    private final Set<Digest> finished = new HashSet<>();

    EachStepOnce(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void accept(BuildEvent event) {
        if (event instanceof BuildEvent.OfStep ofStep) {
            Digest step = ofStep.step().digest();
            if (finished.contains(step) && !(event instanceof BuildEvent.Warned)) {
                return;
            }
            if (event instanceof BuildEvent.Finished) {
                finished.add(step);
            }
        }
        progress.accept(event);
    }
}
