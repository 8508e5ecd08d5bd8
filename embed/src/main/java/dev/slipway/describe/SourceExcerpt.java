package dev.slipway.describe;

import dev.slipway.executor.text.TerminalText;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.text.SourceText;
import java.util.List;
import java.util.Locale;

/** The lines that a message is about, marked among those around them, as BuildKit shows them; fit for a terminal. */
final class SourceExcerpt {

    private static final String RULER = "-".repeat(20) + "\n";

    /** So many lines are shown besides those that are meant: more for a single one. */
    private static final int AROUND = 2;

    private static final int AROUND_ONE = 4;

    private SourceExcerpt() {}

    /** The excerpt, or nothing if there are no such lines. */
    static String of(SourceFile file, List<SourceRange> ranges) {
        SourceText source = SourceText.of(file.data().toArray());
        int first = ranges.stream().mapToInt(SourceRange::startLine).min().orElse(0);
        if (first < 1 || first > source.lineCount()) {
            return "";
        }
        int last = Math.min(
                source.lineCount(),
                ranges.stream().mapToInt(SourceRange::endLine).max().orElse(first));
        int from = first;
        int to = last;
        int around = first == last ? AROUND_ONE : AROUND;
        for (int shown = 0; shown < around; shown++) {
            if (from > 1) {
                from--;
                shown++;
            }
            if (to < source.lineCount()) {
                to++;
                shown++;
            }
        }
        StringBuilder text = new StringBuilder(TerminalText.line(file.name()) + ":" + first + "\n").append(RULER);
        for (int line = from; line <= to; line++) {
            text.append(String.format(
                    Locale.ROOT,
                    " %3d | %s %s\n",
                    line,
                    isMeant(line, ranges) ? ">>>" : "   ",
                    shown(source.line(line))));
        }
        return text.append(RULER).toString();
    }

    private static String shown(String line) {
        return TerminalText.line(UrlCredentials.redactInPlace(line));
    }

    private static boolean isMeant(int line, List<SourceRange> ranges) {
        return ranges.stream().anyMatch(range -> range.startLine() <= line && line <= range.endLine());
    }
}
