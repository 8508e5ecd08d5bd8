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

    private static List<String> resolveValid(Folder root, String path, boolean followLinks) {
        Parts parts = Parts.of(path);
        if (parts.wild.isEmpty()) {
            return List.of(parts.start());
        }
        Place place = place(root, parts.start(), followLinks);
        String prefix = place.names().isEmpty() ? "/" : place.path() + "/";
        return below(place, parts).stream().map(match -> prefix + match).toList();
    }

    /**
     * What a path with wildcards stands for.
     *
     * @param start the part before the wildcards, as it is written
     * @param paths what matches, relative to that, in the order in which layers list it
     */
    record Matches(String start, List<String> paths) {}

    /**
     * What matches, all links before the wildcards followed.
     *
     * @throws PatternException if the pattern is damaged
     * @throws dev.slipway.executor.ExecutorException if the part before the wildcards does not exist
     */
    static Matches matches(Folder root, String path) {
        Parts parts = Parts.of(path);
        return new Matches(parts.start(), below(place(root, parts.start(), true), parts));
    }

    private static Place place(Folder root, String start, boolean followLinks) {
        Place place = followLinks ? PathResolver.resolve(root, start) : PathResolver.resolveParent(root, start);
        if (place.node().isEmpty()) {
            throw Missing.file(place.path());
        }
        return place;
    }

    private static List<String> below(Place place, Parts parts) {
        List<String> found = new ArrayList<>();
        Glob glob = Glob.of(String.join("/", parts.wild));
        place.folder().ifPresent(folder -> find(folder, "", glob, found::add));
        return found;
    }

    /** The parts of a path before the first with a wildcard, and from there on. */
    private record Parts(List<String> fixed, List<String> wild) {

        private static Parts of(String path) {
            Parts parts = new Parts(new ArrayList<>(), new ArrayList<>());
            for (String part : path.split("/")) {
                if (!part.isEmpty()) {
                    (parts.wild.isEmpty() && !Glob.hasWildcard(part) ? parts.fixed : parts.wild).add(part);
                }
            }
            return parts;
        }

        private String start() {
            return "/" + String.join("/", fixed);
        }
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
