package dev.slipway.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what was made of a case with what should have been made of it, and reports the first difference of each kind.
 *
 * <p>A graph is equal if every vertex is, in the same order, with digest and JSON form. Metadata is equal if description,
 * capabilities, cache and progress group of every vertex are. A result without a graph where there should be one, or the
 * other way round, is a difference of graphs. Where a reference has a head and no vertices, heads alone are compared: the last
 * digest is one of all that leads to it.
 */
final class CaseComparison {

    private static final Pattern SUGGESTION = Pattern.compile(" \\(did you mean [^)]*\\?\\)");
    private static final Pattern VIOLATION = Pattern.compile("(lint violation found for rules: )(.*)");

    private final String name;
    private final Tally tally;
    private final Consumer<String> report;
    private final Set<Kind> reported = new TreeSet<>();

    CaseComparison(String name, Tally tally, Consumer<String> report) {
        this.name = name;
        this.tally = tally;
        this.report = report;
    }

    void compare(JsonNode expected, JsonNode actual) {
        for (int i = 0; i < expected.path("runs").size(); i++) {
            JsonNode run = expected.path("runs").path(i);
            JsonNode results = run.path("results");
            for (int j = 0; j < results.size(); j++) {
                String where = "run " + i + " " + run.path("target").asText("") + " "
                        + results.path(j).path("platform").asText();
                result(
                        where,
                        results.path(j),
                        actual.path("runs").path(i).path("results").path(j));
            }
        }
        count(
                Kind.CHECKS,
                elements(expected.path("checks")).equals(elements(actual.path("checks"))),
                () -> "\n  expected " + elements(expected.path("checks")) + "\n  actual   "
                        + elements(actual.path("checks")));
        if (expected.has("checkError") || actual.has("checkError")) {
            error("check", expected.path("checkError"), actual.path("checkError"));
        }
        // BuildKit's list of targets crashes on check options above an instruction: no list and no error say nothing.
        boolean crashed = !expected.has("targets") && !expected.has("checkError");
        boolean outlines = (crashed || expected.path("targets").equals(actual.path("targets")))
                && inOrder(expected.path("outline")).equals(inOrder(actual.path("outline")));
        count(
                Kind.OUTLINES,
                outlines,
                () -> "\n  expected " + expected.path("targets") + expected.path("outline") + "\n  actual   "
                        + actual.path("targets") + actual.path("outline"));
    }

    private void result(String where, JsonNode expected, JsonNode actual) {
        if (expected.has("error")) {
            error(where, expected.path("error"), actual.path("error"));
            return;
        }
        if (actual.has("error")) {
            count(Kind.GRAPHS, false, () -> where + ": error " + actual.path("error"));
            tally.count(Kind.METADATA, false);
            tally.count(Kind.IMAGES, false);
            return;
        }
        boolean heads = expected.path("head").equals(actual.path("head"));
        if (expected.has("head") && !expected.has("vertices")) {
            count(
                    Kind.GRAPHS,
                    heads,
                    () -> where + ": head\n  expected " + expected.path("head") + "\n  actual   "
                            + actual.path("head"));
        } else {
            String graph = firstDifference(expected, actual, "op");
            count(Kind.GRAPHS, graph.isEmpty() && heads, () -> where + graph);
            String metadata = firstDifference(expected, actual, "metadata");
            count(Kind.METADATA, metadata.isEmpty(), () -> where + metadata);
        }
        count(
                Kind.IMAGES,
                expected.path("image").equals(actual.path("image")),
                () -> where + "\n  expected " + expected.path("image") + "\n  actual   " + actual.path("image"));
    }

    private static String firstDifference(JsonNode expected, JsonNode actual, String part) {
        JsonNode wanted = expected.path("vertices");
        JsonNode found = actual.path("vertices");
        for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
            boolean digests = wanted.path(i).path("digest").equals(found.path(i).path("digest"));
            boolean parts = wanted.path(i).path(part).equals(found.path(i).path(part));
            if (!parts || part.equals("op") && !digests) {
                return ": vertex " + (i + 1) + " of " + wanted.size() + "\n  expected "
                        + wanted.path(i).path(part) + "\n  actual   "
                        + found.path(i).path(part);
            }
        }
        return "";
    }

    private void error(String where, JsonNode expected, JsonNode actual) {
        count(
                Kind.ERRORS,
                comparable(expected.asText()).equals(comparable(actual.asText())),
                () -> where + "\n  expected " + expected + "\n  actual   " + actual);
    }

    /** An error without its suggestion, and with rules in a fixed order: the reference leaves both to chance. */
    private static String comparable(String error) {
        Matcher violation = VIOLATION.matcher(error);
        if (violation.matches()) {
            return violation.group(1)
                    + new TreeSet<>(Arrays.asList(violation.group(2).split(", ")));
        }
        return SUGGESTION.matcher(error).replaceAll("");
    }

    private static Set<JsonNode> elements(JsonNode array) {
        Set<JsonNode> elements = new LinkedHashSet<>();
        array.forEach(elements::add);
        return elements;
    }

    /** An outline with its parts by name: the reference leaves the order of those of one line to chance. */
    private static JsonNode inOrder(JsonNode outline) {
        JsonNode ordered = outline.deepCopy();
        for (String part : List.of("args", "secrets", "ssh")) {
            if (ordered.path(part) instanceof ArrayNode array) {
                List<JsonNode> elements = new ArrayList<>();
                array.forEach(elements::add);
                elements.sort(
                        Comparator.comparing(element -> element.path("name").asText()));
                array.removeAll().addAll(elements);
            }
        }
        return ordered;
    }

    private void count(Kind kind, boolean equal, Supplier<String> difference) {
        tally.count(kind, equal);
        if (!equal && reported.add(kind)) {
            report.accept(name + ": " + kind + " differ: " + difference.get());
        }
    }
}
