package dev.slipway.frontend;

import dev.slipway.executor.pattern.PatternMatcher;
import dev.slipway.frontend.check.IgnoredSourceCheck;
import dev.slipway.frontend.graph.Output;
import dev.slipway.frontend.path.SlashPath;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The main context, and which of its paths all stages together read. */
final class ContextFiles {

    private final Set<String> wantedPaths = new HashSet<>();
    private final List<String> ignorePatterns;
    private PatternMatcher ignored = PatternMatcher.of(List.of());
    private final Output root;

    /**
     * @param ignorePatterns what the client leaves out
     * @param context makes the context's root from the paths that are wanted; asked once, when all are known
     */
    ContextFiles(List<String> ignorePatterns, Function<Set<String>, Output> context) {
        this.ignorePatterns = ignorePatterns;
        this.root = Output.lazily(() -> context.apply(Collections.unmodifiableSet(wantedPaths)));
    }

    /**
     * Reads the patterns, which BuildKit does once the stages are known.
     *
     * @throws FrontendException if one is damaged
     */
    void readIgnorePatterns() {
        try {
            ignored = PatternMatcher.of(ignorePatterns);
        } catch (IllegalArgumentException e) {
            throw FrontendException.of(e);
        }
    }

    Output root() {
        return root;
    }

    /** Remembers that a step reads this path. */
    void want(String path) {
        wantedPaths.add(SlashPath.join("/", path));
    }

    /** Reports a source that the client leaves out. */
    void checkIgnored(StepContext step, String verb, String source) {
        if (!ignored.isEmpty()) {
            IgnoredSourceCheck.run(step.scope().checks(), step.statement(), verb, source, ignored, ignorePatterns);
        }
    }
}
