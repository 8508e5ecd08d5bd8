package dev.slipway.describe;

import static java.util.Objects.requireNonNull;

import dev.slipway.check.CheckSettings;
import dev.slipway.check.PlatformChecks;
import dev.slipway.executor.text.TerminalText;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.parser.DockerfileParseException;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.CheckOptions;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rule;
import dev.slipway.parser.check.Warning;
import dev.slipway.parser.text.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the checks of a Dockerfile found.
 *
 * @param warnings the findings in the order in which they were made
 * @param failure what ended the checks early, or what {@code error=true} makes of the findings
 * @param file the Dockerfile
 */
public record CheckReport(List<Warning> warnings, Optional<Failure> failure, SourceFile file) {

    public CheckReport {
        warnings = List.copyOf(requireNonNull(warnings, "warnings is null"));
        requireNonNull(failure, "failure is null");
        requireNonNull(file, "file is null");
    }

    /**
     * Why the Dockerfile can't be built.
     *
     * @param message BuildKit's text
     * @param ranges the lines it is about, if it is about any
     */
    public record Failure(String message, List<SourceRange> ranges) {

        public Failure {
            ranges = List.copyOf(requireNonNull(ranges, "ranges is null"));
        }
    }

    /**
     * Checks a Dockerfile: the target, or all stages if none is named. Nothing is built.
     *
     * @param request how the Dockerfile would be built; a build argument {@code BUILDKIT_DOCKERFILE_CHECK} stands in for the
     *     file's {@code # check=} line
     */
    public static CheckReport of(SourceFile file, FrontendRequest request, ImageResolver images) {
        List<Warning> warnings = new ArrayList<>();
        return new CheckReport(warnings, run(file, request, images, warnings), file);
    }

    private static Optional<Failure> run(
            SourceFile file, FrontendRequest request, ImageResolver images, List<Warning> warnings) {
        byte[] source = file.data().toArray();
        CheckOptions options;
        try {
            options = CheckSettings.of(source, request.buildArgs());
        } catch (IllegalArgumentException e) {
            return Optional.of(new Failure(e.getMessage(), List.of()));
        }
        try {
            Checks checks = Checks.of(options, warnings::add);
            Frontend.check(DockerfileParser.parse(source, checks), request.forCheck(), images, checks);
            return Optional.empty();
        } catch (DockerfileParseException e) {
            return Optional.of(new Failure(e.getMessage(), e.ranges()));
        } catch (FrontendException e) {
            return Optional.of(new Failure(e.getMessage(), e.ranges()));
        }
    }

    /** This report with further findings, such as those of our own checks. */
    public CheckReport with(List<Warning> more) {
        List<Warning> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new CheckReport(all, failure, file);
    }

    /** Whether there is nothing to report. */
    public boolean isClean() {
        return warnings.isEmpty() && failure.isEmpty();
    }

    /** Whether BuildKit, which does not have our own rules, would report nothing. */
    public boolean isCleanInBuildKit() {
        List<Rule> own = PlatformChecks.rules();
        return failure.isEmpty() && warnings.stream().map(Warning::rule).allMatch(own::contains);
    }

    /** BuildKit's {@code frontend.lint} result. */
    public String toJson() {
        return DescriptionJson.write(json -> json.checks(this));
    }

    /** Each finding with the lines that it is about, from the top of the file to its end; what failed comes last. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        warnings.stream()
                .sorted((a, b) -> Integer.compare(firstLine(a.ranges()), firstLine(b.ranges())))
                .forEach(warning -> {
                    text.append("\nWARNING: ").append(warning.rule().name());
                    if (!warning.rule().url().isEmpty()) {
                        text.append(" - ").append(warning.rule().url());
                    }
                    text.append('\n').append(shown(warning.detail())).append('\n');
                    text.append(SourceExcerpt.of(file, warning.ranges()));
                });
        failure.ifPresent(value -> text.append("\nERROR: ")
                .append(shown(value.message()))
                .append('\n')
                .append(SourceExcerpt.of(file, value.ranges())));
        return text.toString();
    }

    private static String shown(String text) {
        return TerminalText.line(UrlCredentials.redact(text));
    }

    private static int firstLine(List<SourceRange> ranges) {
        return ranges.isEmpty() ? 0 : ranges.get(0).startLine();
    }
}
