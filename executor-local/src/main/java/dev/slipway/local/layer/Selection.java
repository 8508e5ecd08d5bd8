package dev.slipway.local.layer;

import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.pattern.Glob;
import dev.slipway.executor.text.SlashPath;
import dev.slipway.llb.Digest;
import dev.slipway.local.layer.PathResolver.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The part of a root that selectors choose, for cache keys, hashed as BuildKit does it. */
public final class Selection {

    private final Directory root;
    private final boolean bare;

    private Selection(Directory root, boolean bare) {
        this.root = root;
        this.bare = bare;
    }

    /**
     * The digest of what the selectors choose.
     *
     * @param bare whether what the root itself is like does not count: so it is with a client's folder
     * @param files finds out the digests of files
     */
    public static Digest digest(Directory root, boolean bare, List<ContentSelector> selectors, FileChecksums files)
            throws IOException, InterruptedException {
        Selection selection = new Selection(root, bare);
        List<Part> parts = selectors.stream().map(selection::part).toList();
        Set<RegularFile> unknown = Collections.newSetFromMap(new IdentityHashMap<>());
        parts.forEach(part -> part.addUnknown(unknown));
        if (!unknown.isEmpty()) {
            files.learn(unknown);
        }
        List<byte[]> digests = new ArrayList<>();
        parts.forEach(part -> digests.add(Checksum.text(part.digest())));
        return Digest.sha256(join(digests));
    }

    private static byte[] join(List<byte[]> digests) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < digests.size(); i++) {
            if (i > 0) {
                joined.write(0);
            }
            joined.writeBytes(digests.get(i));
        }
        return joined.toByteArray();
    }

    /** What one selector chooses. */
    private interface Part {

        void addUnknown(Collection<RegularFile> unknown);

        byte[] digest();
    }

    private Part part(ContentSelector selector) {
        boolean wildcard = selector.wildcard() && Glob.hasWildcard(selector.path());
        boolean filters = wildcard
                || !selector.includePatterns().isEmpty()
                || !selector.excludePatterns().isEmpty();
        if (filters) {
            Choice choice = Choice.of(root, selector, wildcard);
            return new Part() {
                @Override
                public void addUnknown(Collection<RegularFile> unknown) {
                    choice.addUnknown(unknown);
                }

                @Override
                public byte[] digest() {
                    return choice.digest();
                }
            };
        }
        Optional<Node> found = find(selector);
        if (selector.required() && found.isEmpty()) {
            throw Missing.file(selector.path());
        }
        return new Whole(found, bare && found.orElse(null) == root);
    }

    /** A path that cannot be followed chooses nothing. */
    private Optional<Node> find(ContentSelector selector) {
        String path = SlashPath.clean("/" + selector.path());
        try {
            Place place =
                    selector.followLinks() ? PathResolver.resolve(root, path) : PathResolver.resolveParent(root, path);
            return place.node();
        } catch (ExecutorException e) {
            return Optional.empty();
        }
    }

    /** All that is at a path, if there is anything. */
    private record Whole(Optional<Node> node, boolean bare) implements Part {

        @Override
        public void addUnknown(Collection<RegularFile> unknown) {
            node.ifPresent(found -> Checksum.addUnknown(found, unknown));
        }

        @Override
        public byte[] digest() {
            if (node.orElse(null) == Directory.EMPTY) {
                return Checksum.NOTHING; // What is not there at all is no empty folder to BuildKit.
            }
            if (bare && node.orElse(null) instanceof Directory root) {
                return Checksum.ofFolder(root, Checksum.NOTHING);
            }
            return node.map(Checksum::of).orElse(Checksum.NOTHING);
        }
    }
}
