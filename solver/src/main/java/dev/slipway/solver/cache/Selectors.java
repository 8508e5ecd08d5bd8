package dev.slipway.solver.cache;

import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.text.Utf8Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Puts what is read of an input into the form in which BuildKit hashes it. */
final class Selectors {

    private Selectors() {}

    /** The paths, sorted, each once and none that is below another; a single path stays as it is. */
    static List<String> outermost(List<String> paths) {
        List<String> sorted =
                paths.stream().distinct().sorted(Utf8Order.INSTANCE).toList();
        return sorted.stream()
                .filter(path -> sorted.stream()
                        .noneMatch(other ->
                                !other.equals(path) && path.startsWith(other.endsWith("/") ? other : other + "/")))
                .toList();
    }

    /** Plain paths, each once and none below another, and those with wildcards or patterns as they are; by path. */
    static List<ContentSelector> normalized(List<ContentSelector> selectors) {
        List<ContentSelector> result = new ArrayList<>();
        for (boolean follow : new boolean[] {false, true}) {
            List<ContentSelector> plain = selectors.stream()
                    .filter(selector -> !filters(selector) && selector.followLinks() == follow)
                    .toList();
            outermost(plain.stream().map(ContentSelector::path).toList())
                    .forEach(path -> result.add(strictest(
                            plain.stream().filter(selector -> selector.path().equals(path)))));
        }
        selectors.stream().filter(Selectors::filters).forEach(result::add);
        result.sort(Comparator.comparing(ContentSelector::path, Utf8Order.INSTANCE));
        return result;
    }

    /** Of several with one path, one that has to be there. */
    private static ContentSelector strictest(Stream<ContentSelector> same) {
        return same.max(Comparator.comparing(ContentSelector::required)).orElseThrow();
    }

    private static boolean filters(ContentSelector selector) {
        return selector.wildcard()
                || !selector.includePatterns().isEmpty()
                || !selector.excludePatterns().isEmpty();
    }
}
