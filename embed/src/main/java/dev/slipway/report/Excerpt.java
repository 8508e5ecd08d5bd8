package dev.slipway.report;

import dev.slipway.executor.text.TerminalText;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.SourceLocation;
import dev.slipway.llb.SourceLocation.Range;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Shows the lines that a message speaks of, with two lines around them and carets below, fit for a terminal. */
public final class Excerpt {

    private static final int AROUND = 2;

    private Excerpt() {}

    public static String report(String message, List<SourceLocation> locations) {
        if (locations.isEmpty() || locations.get(0).ranges().isEmpty()) {
            return TerminalText.line(message);
        }
        SourceLocation location = locations.get(0);
        int first = location.ranges().stream().mapToInt(Range::startLine).min().orElse(1);
        int last = location.ranges().stream().mapToInt(Range::endLine).max().orElse(first);
        String text = new String(location.file().data().toArray(), StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        StringBuilder report = new StringBuilder();
        report.append(TerminalText.line(location.file().name()))
                .append(':')
                .append(first)
                .append(": ")
                .append(TerminalText.line(message));
        for (int number = Math.max(1, first - AROUND); number <= Math.min(lines.size(), last + AROUND); number++) {
            String line = TerminalText.line(UrlCredentials.redactInPlace(lines.get(number - 1)));
            boolean marked = number >= first && number <= last;
            report.append(String.format(Locale.ROOT, "%n%4d | %s %s", number, marked ? ">>>" : "   ", line));
            if (marked && !line.isBlank()) {
                int number0 = number;
                Range range = location.ranges().stream()
                        .filter(candidate -> candidate.startLine() == number0)
                        .findFirst()
                        .orElse(new Range(number, 0, number, 0));
                report.append(String.format("%n     |     ")).append(carets(line, range));
            }
        }
        return report.toString();
    }

    /** A range without columns means the whole line. Tabs stay tabs, so that carets stand below what they point to. */
    private static String carets(String line, Range range) {
        int indent = line.length() - line.stripLeading().length();
        int end = line.stripTrailing().length();
        boolean columns = range.endCharacter() > range.startCharacter();
        int from = columns ? Math.min(range.startCharacter(), end) : indent;
        int to = columns ? Math.min(range.endCharacter(), end) : end;
        StringBuilder carets = new StringBuilder();
        for (int i = 0; i < to; i++) {
            carets.append(i >= from ? '^' : line.charAt(i) == '\t' ? '\t' : ' ');
        }
        return carets.toString();
    }
}
