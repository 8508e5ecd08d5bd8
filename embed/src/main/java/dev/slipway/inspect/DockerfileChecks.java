package dev.slipway.inspect;

import dev.slipway.check.CheckSettings;
import dev.slipway.describe.CheckReport;
import dev.slipway.executor.text.Reason;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.parser.DockerfileParseException;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.CheckOptions;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs BuildKit's checks on a Dockerfile. */
public final class DockerfileChecks {

    private DockerfileChecks() {}

    /**
     * Checks a Dockerfile: the target, or all stages if none is named. Nothing is built.
     *
     * @param request how the Dockerfile would be built; a build argument {@code BUILDKIT_DOCKERFILE_CHECK} stands in for the
     *     file's {@code # check=} line
     */
    public static CheckReport run(SourceFile file, FrontendRequest request, ImageResolver images) {
        List<Warning> warnings = new ArrayList<>();
        return new CheckReport(warnings, failure(file, request, images, warnings), file);
    }

    private static Optional<CheckReport.Failure> failure(
            SourceFile file, FrontendRequest request, ImageResolver images, List<Warning> warnings) {
        byte[] source = file.data().toArray();
        CheckOptions options;
        try {
            options = CheckSettings.of(source, request.buildArgs());
        } catch (IllegalArgumentException e) {
            return Optional.of(new CheckReport.Failure(Reason.of(e), List.of()));
        }
        try {
            Checks checks = Checks.of(options, warnings::add);
            Frontend.check(DockerfileParser.parse(source, checks), request.forCheck(), images, checks);
            return Optional.empty();
        } catch (DockerfileParseException e) {
            return Optional.of(new CheckReport.Failure(Reason.of(e), e.ranges()));
        } catch (FrontendException e) {
            return Optional.of(new CheckReport.Failure(Reason.of(e), e.ranges()));
        }
    }
}
