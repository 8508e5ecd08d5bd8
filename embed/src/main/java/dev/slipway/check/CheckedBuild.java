package dev.slipway.check;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.From;
import dev.slipway.parser.tree.Stage;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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

    /** The stage that each stage stands on, for those that stand on one: the nearest of that name before it. */
    Map<Stage, Stage> parents() {
        Map<Stage, Stage> parents = new IdentityHashMap<>();
        Map<String, Stage> named = new HashMap<>();
        for (Stage stage : dockerfile.stages()) {
            Stage parent = named.get(stage.from().base());
            if (parent != null) {
                parents.put(stage, parent);
            }
            if (!stage.name().isEmpty()) {
                named.put(stage.name(), stage);
            }
        }
        return parents;
    }

    /** The stage that starts from an image, of those that a stage stands on; itself if it stands on none. */
    Stage root(Stage stage) {
        Map<Stage, Stage> parents = parents();
        Stage root = stage;
        while (parents.containsKey(root)) {
            root = parents.get(root);
        }
        return root;
    }

    /** The platforms that the steps of a stage run for; empty if that can't be told from the file. */
    List<Platform> platformsOf(Stage stage) {
        From root = root(stage).from();
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
}
