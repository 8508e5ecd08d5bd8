package dev.slipway.local.layer;

import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.pattern.PatternMatcher;
import dev.slipway.executor.pattern.PatternMatcher.Match;
import dev.slipway.executor.text.Utf8Order;
import dev.slipway.llb.Digest;
import dev.slipway.local.layer.PathResolver.Place;
import dev.slipway.oci.layer.UnixText;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The part of a root that selectors choose, for cache keys. */
public final class Selection {

    private final Directory root;
    private final MessageDigest digest = Digest.newSha256();

    private Selection(Directory root) {
        this.root = root;
    }

    /** The digest of what the selectors choose. */
    public static Digest digest(Directory root, List<ContentSelector> selectors) {
        Selection selection = new Selection(root);
        selectors.forEach(selection::add);
        return Digest.of(selection.digest.digest());
    }

    private void add(ContentSelector selector) {
        if (!selector.wildcard()) {
            Optional<Node> found = find(selector.path(), selector);
            if (selector.required() && found.isEmpty()) {
                throw Missing.file(selector.path());
            }
            found.ifPresent(node -> check(selector, node));
            add("", found);
            return;
        }
        // Where there is nothing below which to look, a copy fails: what was found for others must not be taken for it.
        for (String path : Wildcards.resolveValid(root, selector.path(), selector.followLinks())) {
            add(path.substring(path.lastIndexOf('/') + 1), find(path, selector));
        }
        digest.update((byte) 0);
    }

    /**
     * Where patterns choose, BuildKit's keys want of a root that each link in it leads somewhere, and of {@code COPY --parents}
     * that something is left of each source. What they do not find is an error there, and so it is here.
     */
    private void check(ContentSelector selector, Node chosen) {
        String folder = selector.path().equals("/") ? "" : selector.path();
        for (String required : selector.requiredPaths()) {
            if (!hasPathThatBegins(required, folder, chosen)) {
                throw Missing.file(required);
            }
        }
        if (hasPatterns(selector) && folder.isEmpty() && selector.followLinks() && chosen instanceof Directory top) {
            for (int i = 0; i < top.size(); i++) {
                String path = "/" + top.name(i);
                if (top.node(i) instanceof SymbolicLink
                        && PathResolver.resolve(root, path).node().isEmpty()) {
                    throw Missing.file(path);
                }
            }
        }
    }

    private static boolean hasPathThatBegins(String begin, String folder, Node chosen) {
        if (!(chosen instanceof Directory directory)) {
            return folder.startsWith(begin);
        }
        for (int i = 0; i < directory.size(); i++) {
            String path = folder + "/" + directory.name(i);
            if (path.startsWith(begin)
                    || begin.startsWith(path + "/") && hasPathThatBegins(begin, path, directory.node(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasPatterns(ContentSelector selector) {
        return !selector.includePatterns().isEmpty()
                || !selector.excludePatterns().isEmpty();
    }

    private void add(String name, Optional<Node> node) {
        digest.update(UnixText.encode(name));
        digest.update((byte) 0);
        digest.update(node.map(ContentDigest::of).orElse(new byte[0]));
    }

    /** A path that cannot be followed chooses nothing. */
    private Optional<Node> find(String path, ContentSelector selector) {
        Place place;
        try {
            place = selector.followLinks() ? PathResolver.resolve(root, path) : PathResolver.resolveParent(root, path);
        } catch (ExecutorException e) {
            return Optional.empty();
        }
        if (!hasPatterns(selector) || !(place.node().orElse(null) instanceof Directory directory)) {
            return place.node();
        }
        return Optional.of(new Filter(selector).top(directory));
    }

    /** Leaves out of a folder what patterns exclude. */
    private static final class Filter {

        private final boolean everything;
        private final PatternMatcher include;
        private final PatternMatcher exclude;

        private Filter(ContentSelector selector) {
            // Patterns that are all blank are patterns, and match nothing.
            everything = selector.includePatterns().isEmpty();
            include = PatternMatcher.of(selector.includePatterns());
            exclude = PatternMatcher.of(selector.excludePatterns());
        }

        private Directory top(Directory directory) {
            return Directory.of(directory.attributes(), children(directory, "", Match.NONE, Match.NONE));
        }

        private SortedMap<String, Node> children(Directory directory, String prefix, Match included, Match excluded) {
            SortedMap<String, Node> kept = new TreeMap<>(Utf8Order.INSTANCE);
            for (int i = 0; i < directory.size(); i++) {
                String path = prefix + directory.name(i);
                Match in = include.match(path, included);
                Match out = exclude.match(path, excluded);
                boolean keep = (everything || in.matches()) && !out.matches();
                Node node = directory.node(i);
                if (node instanceof Directory folder) {
                    SortedMap<String, Node> below = children(folder, path + "/", in, out);
                    if (keep || !below.isEmpty()) {
                        kept.put(directory.name(i), Directory.of(folder.attributes(), below));
                    }
                } else if (keep) {
                    kept.put(directory.name(i), node);
                }
            }
            return kept;
        }
    }
}
