package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.pattern.PatternMatcher;
import dev.slipway.executor.pattern.PatternMatcher.Match;
import dev.slipway.llb.SourceOp;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which files of a folder a build gets.
 *
 * @param include what is taken, or empty for everything
 * @param exclude what is left out of that, or empty for nothing
 */
record LocalFilter(Optional<PatternMatcher> include, Optional<PatternMatcher> exclude) {

    /** Takes all there is. */
    static final LocalFilter EVERYTHING = new LocalFilter(Optional.empty(), Optional.empty());

    /** What comes out for a path. */
    record Decision(Match included, Match excluded, boolean taken) {

        static final Decision TOP = new Decision(Match.NONE, Match.NONE, false);
    }

    /** The filter that the attributes of a source describe, for the folder as it is now. */
    static LocalFilter of(SourceOp op, Path folder) throws IOException {
        List<String> include = new ArrayList<>(list(op, "local.includepattern"));
        List<String> followed = list(op, "local.followpaths");
        if (!followed.isEmpty()) {
            Optional<List<String>> paths = new FollowedPaths(folder).resolve(followed);
            paths.ifPresent(include::addAll);
        }
        return new LocalFilter(matcher(include), matcher(list(op, "local.excludepatterns")));
    }

    private static List<String> list(SourceOp op, String attribute) {
        String json = op.attributes().get(attribute);
        if (json == null) {
            return List.of();
        }
        try {
            String wrapped = "{\"list\":" + json + "}";
            return Json.object(wrapped.getBytes(StandardCharsets.UTF_8)).strings("list");
        } catch (JsonException e) {
            throw new ExecutorException(
                    "the attribute " + attribute + " of " + op.identifier() + " is not a list: " + json);
        }
    }

    private static Optional<PatternMatcher> matcher(List<String> patterns) {
        return patterns.isEmpty() ? Optional.empty() : Optional.of(PatternMatcher.of(patterns));
    }

    Decision decide(String path, Decision folder) {
        Match in = include.map(matcher -> matcher.match(path, folder.included)).orElse(Match.NONE);
        Match out = exclude.map(matcher -> matcher.match(path, folder.excluded)).orElse(Match.NONE);
        return new Decision(in, out, (include.isEmpty() || in.matches()) && !out.matches());
    }

    /** Whether anything in a folder can be taken, so that it is worth looking. */
    boolean mayTakeBelow(String path, Decision folder) {
        boolean mayInclude =
                include.isEmpty() || folder.included.matches() || include.get().mayChangeBelow(path, false);
        boolean mayKeep = !folder.excluded.matches() || exclude.get().mayChangeBelow(path, true);
        return mayInclude && mayKeep;
    }
}
