package dev.slipway.local.layer;

import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.pattern.PatternMatcher;
import dev.slipway.executor.pattern.PatternMatcher.Match;
import dev.slipway.executor.text.SlashPath;
import dev.slipway.llb.Digest;
import dev.slipway.local.layer.PathResolver.Place;
import dev.slipway.oci.layer.UnixText;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What wildcards and patterns choose of a root, in the order in which BuildKit hashes it: files, and the folders that are chosen or
 * lead to what is, each without what is in it.
 */
final class Choice {

    private final Directory root;
    private final ContentSelector selector;
    private final String path;
    private final PatternMatcher include;
    private final PatternMatcher exclude;
    private final List<Chosen> chosen = new ArrayList<>();

    /** The part of the path that all chosen paths begin with, which does not count. */
    private String prefix = "";

    private Choice(Directory root, ContentSelector selector) {
        this.root = root;
        this.selector = selector;
        this.path = withoutRoot(SlashPath.clean("/" + selector.path()));
        this.include = PatternMatcher.of(selector.includePatterns());
        this.exclude = PatternMatcher.of(selector.excludePatterns());
    }

    /**
     * Something that is chosen.
     *
     * @param path where it is
     * @param node what is there
     * @param whole whether what is below counts too: so it is where a link leads
     */
    private record Chosen(String path, Node node, boolean whole) {

        private byte[] digest() {
            return whole ? Checksum.of(node) : Checksum.ofHeader(node);
        }
    }

    /** A folder on the way down, which counts once something in it does. */
    private static final class Above {

        private final Chosen folder;
        private final Match included;
        private final Match excluded;
        private boolean counts;

        private Above(Chosen folder, Match included, Match excluded) {
            this.folder = folder;
            this.included = included;
            this.excluded = excluded;
        }
    }

    static Choice of(Directory root, ContentSelector selector, boolean wildcard) {
        Choice choice = new Choice(root, selector);
        if (wildcard) {
            choice.addMatches();
        } else {
            choice.prefix = choice.path;
            choice.addPath();
        }
        choice.check();
        return choice;
    }

    private static String withoutRoot(String path) {
        return path.equals("/") ? "" : path;
    }

    /** Where there is nothing below which to look, a copy fails: what was found for others must not be taken for it. */
    private void addMatches() {
        Wildcards.Matches matches = Wildcards.matches(root, path);
        prefix = withoutRoot(matches.start());
        for (String relative : matches.paths()) {
            String found = prefix + "/" + relative;
            Node node = PathResolver.resolveParent(root, found).node().orElseThrow();
            add(found, "", node, List.of());
        }
    }

    private void addPath() {
        Optional<Node> node = node(path.isEmpty() ? "/" : path, false);
        if (node.isEmpty()) {
            if (selector.required()) {
                throw Missing.file(selector.path());
            }
        } else if (path.isEmpty() && node.get() instanceof Directory top) {
            for (int i = 0; i < top.size(); i++) {
                add("/" + top.name(i), top.name(i), top.node(i), List.of());
            }
        } else {
            add(path, "", node.get(), List.of());
        }
    }

    /**
     * Adds what is chosen of a node.
     *
     * @param relative its path as patterns see it
     */
    private void add(String at, String relative, Node node, List<Above> above) {
        Above parent = above.isEmpty() ? null : above.get(above.size() - 1);
        Match included = include.match(relative, parent == null ? Match.NONE : parent.included);
        Match excluded = exclude.match(relative, parent == null ? Match.NONE : parent.excluded);
        // Patterns that are all blank are patterns, and match nothing.
        boolean counts = (selector.includePatterns().isEmpty() || included.matches()) && !excluded.matches();
        boolean follow = parent == null && selector.followLinks() && node instanceof SymbolicLink;
        Chosen here = follow && counts
                ? new Chosen(at, node(at, true).orElseThrow(() -> Missing.file(at)), true)
                : new Chosen(at, node, false);
        if (counts) {
            above.forEach(this::count);
            chosen.add(here);
        }
        if (node instanceof Directory folder) {
            Above own = new Above(here, included, excluded);
            own.counts = counts;
            List<Above> below = new ArrayList<>(above);
            below.add(own);
            for (int i = 0; i < folder.size(); i++) {
                String name = folder.name(i);
                add(at + "/" + name, relative.isEmpty() ? name : relative + "/" + name, folder.node(i), below);
            }
        }
    }

    private void count(Above folder) {
        if (!folder.counts) {
            folder.counts = true;
            chosen.add(folder.folder);
        }
    }

    /** {@code COPY --parents} wants that something is left of each source. */
    private void check() {
        for (String required : selector.requiredPaths()) {
            if (chosen.stream().noneMatch(found -> found.path().startsWith(required))) {
                throw Missing.file(required);
            }
        }
    }

    /** A path that cannot be followed leads to nothing. */
    private Optional<Node> node(String wanted, boolean follow) {
        try {
            Place place = follow ? PathResolver.resolve(root, wanted) : PathResolver.resolveParent(root, wanted);
            return place.node();
        } catch (ExecutorException e) {
            return Optional.empty();
        }
    }

    void addUnknown(Collection<RegularFile> unknown) {
        for (Chosen each : chosen) {
            if (each.whole() || each.node() instanceof RegularFile) {
                Checksum.addUnknown(each.node(), unknown);
            }
        }
    }

    byte[] digest() {
        if (chosen.isEmpty()) {
            return Checksum.NOTHING;
        }
        Chosen first = chosen.get(0);
        if (chosen.size() == 1 && SlashPath.base(path.isEmpty() ? "/" : path).equals(SlashPath.base(first.path()))) {
            return first.digest();
        }
        MessageDigest digest = Digest.newSha256();
        for (Chosen each : chosen) {
            String relative = each.path().substring(prefix.length());
            digest.update(UnixText.encode(relative.isEmpty() ? "\0" : relative.replace('/', '\0')));
            Checksum.add(digest, each.digest());
        }
        return digest.digest();
    }
}
