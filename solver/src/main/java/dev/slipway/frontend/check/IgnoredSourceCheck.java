package dev.slipway.frontend.check;

import dev.slipway.executor.pattern.PatternMatcher;
import dev.slipway.executor.text.SlashPath;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A source of COPY or ADD that {@code .dockerignore} excludes. */
public final class IgnoredSourceCheck {

    private static final Set<String> EVERYTHING = Set.of("*", "**", "**/*");

    private IgnoredSourceCheck() {}

    /**
     * @param verb {@code Copy} or {@code Add}
     * @param source the expanded source
     * @param ignored the files that are excluded. If there are exceptions, this cannot be decided without the files, so nothing
     *     is reported
     * @param patterns the same as text
     */
    public static void run(
            Checks checks,
            Statement statement,
            String verb,
            String source,
            PatternMatcher ignored,
            List<String> patterns) {
        if (ignored.hasExceptions()) {
            return;
        }
        String path = SlashPath.clean(source);
        if ((path.equals(".") || path.equals("/")) && Collections.disjoint(patterns, EVERYTHING)) {
            return;
        }
        if (ignored.matches(path)) {
            String detail =
                    "Attempting to " + verb + " file " + GoText.quote(path) + " that is excluded by .dockerignore";
            checks.report(Rules.COPY_IGNORED_FILE, detail, statement);
        }
    }
}
