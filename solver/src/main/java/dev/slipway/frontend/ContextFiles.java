package dev.slipway.frontend;

import dev.slipway.frontend.graph.Output;
import dev.slipway.frontend.path.SlashPath;
import dev.slipway.parser.ignore.IgnoreMatcher;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The main context, and which of its paths all stages together read. */
final class ContextFiles {

    private final Set<String> wantedPaths = new HashSet<>();
    private final Optional<IgnoreMatcher> ignored;
    private final Output root;

    /**
     * @param ignored what the client leaves out, if anything
     * @param context makes the context's root from the paths that are wanted; asked once, when all are known
     */
    ContextFiles(Optional<IgnoreMatcher> ignored, Function<Set<String>, Output> context) {
        this.ignored = ignored;
        this.root = Output.lazily(() -> context.apply(Collections.unmodifiableSet(wantedPaths)));
    }

    Output root() {
        return root;
    }

    Optional<IgnoreMatcher> ignored() {
        return ignored;
    }

    /** Remembers that a step reads this path. */
    void want(String path) {
        wantedPaths.add(SlashPath.join("/", path));
    }
}
