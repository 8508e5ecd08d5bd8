package dev.slipway.check;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.From;
import dev.slipway.parser.tree.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A build as our checks see it.
 *
 * @param dockerfile the file
 * @param platforms what it is built for
 * @param buildPlatform what it is built on
 * @param target the stage that is wanted; the last one if absent
 */
public record CheckedBuild(
        Dockerfile dockerfile, List<Platform> platforms, Platform buildPlatform, Optional<String> target) {

    public CheckedBuild {
        requireNonNull(dockerfile, "dockerfile is null");
        platforms = List.copyOf(platforms);
        requireNonNull(buildPlatform, "buildPlatform is null");
        requireNonNull(target, "target is null");
    }

    /** The stage that is wanted; empty if there is none of that name. */
    Optional<Stage> targetStage() {
        List<Stage> stages = dockerfile.stages();
        return target.filter(name -> !name.isEmpty())
                .map(name -> stages.stream()
                        .filter(stage -> stage.name().equalsIgnoreCase(name))
                        .reduce((first, second) -> second))
                .orElse(Optional.of(stages.get(stages.size() - 1)));
    }

    /** The stage and those that it stands on, the one that starts from an image first. */
    List<Stage> lineage(Stage stage) {
        List<Stage> lineage = new ArrayList<>();
        Optional<Stage> next = Optional.of(stage);
        while (next.isPresent()) {
            lineage.add(next.get());
            next = parent(next.get());
        }
        Collections.reverse(lineage);
        return lineage;
    }

    /** The platforms that the steps of a stage run for; empty if that can't be told from the file. */
    List<Platform> platformsOf(Stage stage) {
        From root = lineage(stage).get(0).from();
        String platform = root.platform();
        if (platform.isEmpty()
                || root.base().equals("scratch")
                || AutomaticArguments.isOnly(platform, "TARGETPLATFORM")) {
            return platforms;
        }
        if (AutomaticArguments.isOnly(platform, "BUILDPLATFORM")) {
            return List.of(buildPlatform);
        }
        try {
            return List.of(Platform.parse(platform, buildPlatform));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private Optional<Stage> parent(Stage stage) {
        List<Stage> stages = dockerfile.stages();
        int own = stages.indexOf(stage);
        for (int i = own - 1; i >= 0; i--) {
            if (!stages.get(i).name().isEmpty()
                    && stages.get(i).name().equals(stage.from().base())) {
                return Optional.of(stages.get(i));
            }
        }
        return Optional.empty();
    }
}
