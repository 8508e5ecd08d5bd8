package dev.slipway;

import dev.slipway.check.CheckSettings;
import dev.slipway.check.CheckedBuild;
import dev.slipway.check.PlatformChecks;
import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Platform;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.CheckOptions;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Warning;
import dev.slipway.parser.tree.Dockerfile;
import java.util.ArrayList;
import java.util.List;

/** What the checks of a build find: those of the text, those of the conversion for the first platform, and our own. */
final class Findings {

    private final List<Warning> warnings = new ArrayList<>();
    private final BuildRequest request;
    private final CheckOptions options;
    private final Checks checks;

    Findings(byte[] source, BuildRequest request) {
        this.request = request;
        this.options = options(source, request);
        this.checks = Checks.of(options, warnings::add);
    }

    private static CheckOptions options(byte[] source, BuildRequest request) {
        try {
            return CheckSettings.of(source, request.buildArgs());
        } catch (IllegalArgumentException e) {
            throw new BuildException(Reason.of(e), List.of(), e);
        }
    }

    /** Parses the Dockerfile; what its text gives reason to say is found now. */
    Dockerfile parse(byte[] source) {
        return DockerfileParser.parse(source, checks);
    }

    /** Where the conversion for the first platform reports. */
    Checks checks() {
        return checks;
    }

    /** Looks for what goes wrong in builds for several platforms, unless the request does without. */
    void lookAtPlatforms(Dockerfile dockerfile, Platform buildPlatform) {
        if (!request.hasPlatformChecks()) {
            return;
        }
        PlatformChecks.run(
                new CheckedBuild(dockerfile, request.platforms(), buildPlatform, request.target()),
                options,
                warnings::add);
    }

    List<Warning> warnings() {
        return List.copyOf(warnings);
    }
}
