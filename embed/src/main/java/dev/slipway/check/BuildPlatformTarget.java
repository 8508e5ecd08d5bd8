package dev.slipway.check;

import dev.slipway.llb.Platform;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rule;
import dev.slipway.parser.tree.From;
import java.util.stream.Collectors;

/**
 * {@code FROM --platform=$BUILDPLATFORM} under the stage that becomes the image: the images of all platforms hold the files of
 * the machine that builds. Under an empty base the platform makes no difference.
 */
final class BuildPlatformTarget implements PlatformCheck {

    private static final Rule RULE = new Rule(
            "BuildPlatformTarget",
            "The final stage of a multi-platform build should not be built on $BUILDPLATFORM",
            "",
            false);

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void run(CheckedBuild build, Checks checks) {
        if (build.platforms().size() < 2) {
            return;
        }
        build.targetStage().ifPresent(target -> {
            From root = build.root(target).from();
            if (AutomaticArguments.isOnly(root.platform(), "BUILDPLATFORM")
                    && !root.base().equals("scratch")) {
                String platforms =
                        build.platforms().stream().map(Platform::formatAll).collect(Collectors.joining(", "));
                checks.report(
                        RULE,
                        "The image is built on " + root.platform() + ", so its files are the same for " + platforms
                                + "; leave --platform out here and copy what runs anywhere from a build stage",
                        root.statement());
            }
        });
    }
}
