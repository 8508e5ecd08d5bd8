package dev.slipway.describe;

import static java.util.Objects.requireNonNull;

import dev.slipway.check.PlatformChecks;
import dev.slipway.executor.text.TerminalText;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.parser.check.Rule;
import dev.slipway.parser.check.Warning;
import dev.slipway.parser.text.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The findings of the checks of a Dockerfile.
 *
 * @param warnings the findings, in the order in which they were made
 * @param failure what stopped the checks early, or the failure that {@code error=true} makes of the findings
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
     * @param ranges the lines it is about; may be empty
     */
    public record Failure(String message, List<SourceRange> ranges) {

        public Failure {
            ranges = List.copyOf(requireNonNull(ranges, "ranges is null"));
        }
    }

    /** This report with further findings, such as those of Slipway's own checks. */
    public CheckReport with(List<Warning> more) {
        List<Warning> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new CheckReport(all, failure, file);
    }

    /** Whether there is nothing to report. */
    public boolean isClean() {
        return warnings.isEmpty() && failure.isEmpty();
    }

    /** Whether there is nothing that BuildKit, which lacks Slipway's own rules, would report. */
    public boolean isCleanInBuildKit() {
        List<Rule> own = PlatformChecks.rules();
        return failure.isEmpty() && warnings.stream().map(Warning::rule).allMatch(own::contains);
    }

    /** BuildKit's {@code frontend.lint} result. */
    public String toJson() {
        return DescriptionJson.write(json -> json.checks(this));
    }

    /** Each finding with its lines, in the order of the file. A failure comes last. */
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
