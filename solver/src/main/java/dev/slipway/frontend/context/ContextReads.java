package dev.slipway.frontend.context;

import dev.slipway.executor.pattern.PatternMatcher;
import dev.slipway.executor.text.SlashPath;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.MainContext;
import dev.slipway.frontend.check.IgnoredSourceCheck;
import dev.slipway.frontend.graph.GraphMarshaller;
import dev.slipway.frontend.graph.Root;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Platform;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.tree.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The main context, and which of its paths all stages together read. */
public final class ContextReads {

    private final MainContext context;
    private final Set<String> wantedPaths = new HashSet<>();
    private final List<String> ignorePatterns;
    private PatternMatcher ignored = PatternMatcher.of(List.of());
    private final Root root;

    public ContextReads(MainContext context) {
        this.context = context;
        this.ignorePatterns = context instanceof MainContext.Local local ? local.ignorePatterns() : List.of();
        // Made when it is known which paths are wanted.
        this.root = Root.lazily(() -> MainContextSource.of(context, Collections.unmodifiableSet(wantedPaths)));
    }

    /**
     * Reads the patterns, which BuildKit does once the stages are known.
     *
     * @throws FrontendException if one is damaged
     */
    public void readIgnorePatterns() {
        try {
            ignored = PatternMatcher.of(ignorePatterns);
        } catch (IllegalArgumentException e) {
            throw FrontendException.of(e);
        }
    }

    /** The root of the context, with the paths that are needed. */
    public Root root() {
        return root;
    }

    /** The source of a context that is not a folder of the client. */
    public Optional<Root> remote() {
        return MainContextSource.remote(context);
    }

    /**
     * The definition of a whole context that is not a folder of the client.
     *
     * @throws FrontendException if there is no such context
     */
    public Definition definition() {
        return GraphMarshaller.marshal(MainContextSource.root(context), Platform.host());
    }

    /** Remembers that a step reads this path. */
    public void want(String path) {
        wantedPaths.add(SlashPath.join("/", path));
    }

    /** Reports a source that {@code .dockerignore} excludes. */
    public void checkIgnored(Checks checks, Statement statement, String verb, String source) {
        if (!ignored.isEmpty()) {
            IgnoredSourceCheck.run(checks, statement, verb, source, ignored, ignorePatterns);
        }
    }
}
