package dev.slipway.local.layer;

import dev.slipway.executor.pattern.Glob;
import dev.slipway.executor.pattern.PatternException;
import dev.slipway.local.layer.PathResolver.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Finds the paths of a root that a path with wildcards stands for. */
public final class Wildcards {

    private Wildcards() {}

    /**
     * The paths that match, in the order in which layers list them. The parts before the first one with a wildcard are followed
     * like any path; the rest has to match whole paths below, and what is in a folder that matches does not count. A path
     * without wildcards stands for itself, whether it exists or not.
     *
     * @param followLinks whether a link right before the first part with a wildcard is followed
     * @throws dev.slipway.executor.ExecutorException if the part before the wildcards does not exist
     */
    public static List<String> resolve(Folder root, String path, boolean followLinks) {
        try {
            return resolveValid(root, path, followLinks);
        } catch (PatternException e) {
            // A damaged pattern matches nothing, as in BuildKit, where it has not been read for a key before.
            return List.of();
        }
    }

    /**
     * Like {@link #resolve}, but a damaged pattern is an error.
     *
     * @throws PatternException if the pattern is damaged
     */
    static List<String> resolveValid(Folder root, String path, boolean followLinks) {
        List<String> fixed = new ArrayList<>();
        List<String> wild = new ArrayList<>();
        for (String part : path.split("/")) {
            if (!part.isEmpty()) {
                (wild.isEmpty() && !Glob.hasWildcard(part) ? fixed : wild).add(part);
            }
        }
        if (wild.isEmpty()) {
            return List.of("/" + String.join("/", fixed));
        }
        String start = "/" + String.join("/", fixed);
        Place place = followLinks ? PathResolver.resolve(root, start) : PathResolver.resolveParent(root, start);
        if (place.node().isEmpty()) {
            throw Missing.file(place.path());
        }
        String prefix = place.names().isEmpty() ? "/" : place.path() + "/";
        List<String> found = new ArrayList<>();
        place.folder()
                .ifPresent(folder ->
                        find(folder, "", Glob.of(String.join("/", wild)), match -> found.add(prefix + match)));
        return found;
    }

    private static void find(Folder folder, String prefix, Glob glob, Consumer<String> found) {
        for (String name : folder.names()) {
            String path = prefix + name;
            if (glob.matches(path)) {
                found.accept(path);
            } else if (folder.child(name).orElse(null) instanceof Folder below) {
                find(below, path + "/", glob, found);
            }
        }
    }
}
