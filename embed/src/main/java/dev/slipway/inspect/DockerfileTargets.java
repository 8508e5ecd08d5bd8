package dev.slipway.inspect;

import dev.slipway.describe.TargetList;
import dev.slipway.describe.TargetList.Target;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.Stage;
import java.util.ArrayList;
import java.util.List;

/** Lists what can be built of a Dockerfile. */
public final class DockerfileTargets {

    private DockerfileTargets() {}

    /** The targets of a parsed Dockerfile. */
    public static TargetList list(Dockerfile dockerfile, SourceFile file) {
        List<Stage> stages = dockerfile.stages();
        List<Target> targets = new ArrayList<>();
        for (Stage stage : stages) {
            targets.add(new Target(
                    stage.name(),
                    targets.size() == stages.size() - 1,
                    stage.description(),
                    stage.from().base(),
                    stage.from().platform(),
                    stage.from().statement().ranges()));
        }
        return new TargetList(targets, file);
    }
}
