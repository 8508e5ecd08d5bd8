package dev.slipway.local.layer;

import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.pattern.PatternMatcher;
import dev.slipway.executor.pattern.PatternMatcher.Match;
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
            add("", found);
            return;
        }
        for (String path : wildcards(selector)) {
            add(path.substring(path.lastIndexOf('/') + 1), find(path, selector));
        }
        digest.update((byte) 0);
    }

    private List<String> wildcards(ContentSelector selector) {
        try {
            return Wildcards.resolve(root, selector.path(), selector.followLinks());
        } catch (ExecutorException e) {
            return List.of();
        }
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
        boolean all = selector.includePatterns().isEmpty()
                && selector.excludePatterns().isEmpty();
        if (all || !(place.node().orElse(null) instanceof Directory directory)) {
            return place.node();
        }
        return Optional.of(new Filter(selector).top(directory));
    }

    /** Leaves out of a folder what patterns exclude. */
    private static final class Filter {

        private final PatternMatcher include;
        private final PatternMatcher exclude;

        private Filter(ContentSelector selector) {
            include = PatternMatcher.of(selector.includePatterns());
            exclude = PatternMatcher.of(selector.excludePatterns());
        }

        private Directory top(Directory directory) {
            return Directory.of(directory.attributes(), children(directory, "", Match.NONE, Match.NONE));
        }

        private SortedMap<String, Node> children(Directory directory, String prefix, Match included, Match excluded) {
            SortedMap<String, Node> kept = new TreeMap<>(NameOrder.INSTANCE);
            for (int i = 0; i < directory.size(); i++) {
                String path = prefix + directory.name(i);
                Match in = include.match(path, included);
                Match out = exclude.match(path, excluded);
                boolean keep = (include.isEmpty() || in.matches()) && !out.matches();
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
