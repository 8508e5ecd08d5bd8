package dev.slipway.cli;

import dev.slipway.executor.text.TerminalText;
import dev.slipway.oci.compare.Difference;
import dev.slipway.oci.compare.Difference.Change;
import dev.slipway.oci.compare.Difference.Section;
import dev.slipway.oci.compare.PlatformComparison;
import dev.slipway.oci.json.JsonWriter;
import java.util.List;
import java.util.Locale;

/**
 * Prints what is different between images.
 *
 * @param comparisons of all platforms
 * @param strict whether minor differences count
 */
record ComparisonReport(List<PlatformComparison> comparisons, boolean strict) {

    /** Whether nothing is different that counts. */
    boolean isSame() {
        return shown().stream().allMatch(PlatformComparison::isSame);
    }

    private List<PlatformComparison> shown() {
        return strict
                ? comparisons
                : comparisons.stream().map(PlatformComparison::major).toList();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < comparisons.size(); i++) {
            PlatformComparison all = comparisons.get(i);
            PlatformComparison counted = shown().get(i);
            text.append(counted.name())
                    .append(": ")
                    .append(verdict(all, counted))
                    .append('\n');
            digests(text, counted);
            for (Section section : Section.values()) {
                section(text, section, counted.differences());
            }
        }
        return text.toString();
    }

    private static void digests(StringBuilder text, PlatformComparison comparison) {
        if (comparison.before().equals(comparison.after())) {
            comparison
                    .before()
                    .ifPresent(digest -> text.append("    ").append(digest).append('\n'));
            return;
        }
        comparison
                .before()
                .ifPresent(digest -> text.append("  - ").append(digest).append('\n'));
        comparison
                .after()
                .ifPresent(digest -> text.append("  + ").append(digest).append('\n'));
    }

    private static String verdict(PlatformComparison all, PlatformComparison counted) {
        if (counted.before().isEmpty() || counted.after().isEmpty()) {
            return counted.before().isEmpty() ? "only in the second image" : "only in the first image";
        }
        if (!counted.isSame()) {
            return "different";
        }
        if (counted.before().equals(counted.after())) {
            return "identical";
        }
        return all.isSame() ? "same content in other documents" : "same but for times and packing; --strict shows them";
    }

    private static void section(StringBuilder text, Section section, List<Difference> differences) {
        List<Difference> here = differences.stream()
                .filter(difference -> difference.section() == section)
                .toList();
        if (here.isEmpty()) {
            return;
        }
        text.append("  ").append(name(section)).append(":\n");
        for (Difference difference : here) {
            char sign = switch (difference.kind()) {
                case ADDED -> '+';
                case REMOVED -> '-';
                case CHANGED -> '~';
            };
            text.append("    ")
                    .append(sign)
                    .append(' ')
                    .append(TerminalText.line(difference.subject()))
                    .append(": ");
            text.append(String.join(
                            "; ",
                            difference.changes().stream()
                                    .map(ComparisonReport::text)
                                    .toList()))
                    .append('\n');
        }
    }

    private static String text(Change change) {
        String values = change.before().isPresent() && change.after().isPresent()
                ? change.before().get() + " -> " + change.after().get()
                : change.before().or(change::after).orElse("");
        String sign = change.after().isEmpty() ? "no more " : "";
        return TerminalText.line(change.field().isEmpty() ? values : sign + change.field() + " " + values);
    }

    private static String name(Section section) {
        return section.name().toLowerCase(Locale.ROOT);
    }

    String json() {
        JsonWriter json = JsonWriter.readable().startObject().member("same", isSame());
        json.startArray("comparisons");
        for (PlatformComparison comparison : shown()) {
            json.startObject().member("platform", comparison.name()).member("same", comparison.isSame());
            comparison.before().ifPresent(digest -> json.member("before", digest.toString()));
            comparison.after().ifPresent(digest -> json.member("after", digest.toString()));
            json.startArray("differences");
            comparison.differences().forEach(difference -> write(json, difference));
            json.endArray().endObject();
        }
        return json.endArray().endObject().toString();
    }

    private static void write(JsonWriter json, Difference difference) {
        json.startObject()
                .member("section", name(difference.section()))
                .member("subject", difference.subject())
                .member("kind", difference.kind().name().toLowerCase(Locale.ROOT))
                .startArray("changes");
        for (Change change : difference.changes()) {
            json.startObject();
            if (!change.field().isEmpty()) {
                json.member("field", change.field());
            }
            change.before().ifPresent(value -> json.member("before", value));
            change.after().ifPresent(value -> json.member("after", value));
            json.member("minor", change.isMinor()).endObject();
        }
        json.endArray().endObject();
    }
}
