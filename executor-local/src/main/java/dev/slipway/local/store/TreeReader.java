package dev.slipway.local.store;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.LayerDiff;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.local.layer.Whiteout;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.disk.Parallel;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.posix.PathText;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the upper folder of an overlay as a layer. Folders and files that were only copied up are left out, but for folders of
 * what did change, and an opaque folder lists what is gone, all as BuildKit does.
 */
public final class TreeReader {

    private static final String OVERLAY = "overlay.";

    private final Map<Object, RegularFile> linked = new HashMap<>();
    private final Posix posix = Posix.get();
    private final TrueAttributes truth;
    private long offset;

    private TreeReader(TrueAttributes truth) {
        this.truth = truth;
    }

    /**
     * Reads a layer.
     *
     * @param upper the upper folder
     * @param below the root that the overlay lay upon
     * @param truth what the files are like in truth
     * @throws ExecutorException if the folder has something that no layer can express
     */
    public static Directory read(Path upper, Directory below, TrueAttributes truth)
            throws IOException, InterruptedException {
        TreeReader reader = new TreeReader(truth);
        List<Found> files = new ArrayList<>();
        Found root = reader.find(upper, files);
        reader.digestAll(files);
        return reader.folder(root, Optional.of(below), true);
    }

    /** Something that was found, before the contents of files are known. */
    private static final class Found {

        private final Path path;
        private final FileStatus status;
        private final List<Found> children = new ArrayList<>();

        @SuppressWarnings("NullAway.Init") // They are read as soon as it is found, when it may turn out to be opaque.
        private Attributes attributes;

        private boolean opaque;
        private @Nullable Digest digest;

        private Found(Path path, FileStatus status) {
            this.path = path;
            this.status = status;
        }

        private String name() {
            return PathText.nameOf(path);
        }
    }

    private Found find(Path path, List<Found> files) throws IOException {
        Found found = new Found(path, FileStatus.of(path));
        found.attributes = found.status.attributes(xattrs(found));
        if (found.status.isFolder()) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    found.children.add(find(child, files));
                }
            }
        } else if (found.status.isFile() && found.status.size() > 0) {
            files.add(found);
        }
        return found;
    }

    private SortedMap<String, Bytes> xattrs(Found found) throws IOException {
        SortedMap<String, Bytes> xattrs = new TreeMap<>();
        if (found.status.isLink()) {
            return xattrs;
        }
        for (String name : posix.xattrs(found.path)) {
            if (!name.startsWith("trusted." + OVERLAY) && !name.startsWith("user." + OVERLAY)) {
                posix.xattr(found.path, name).ifPresent(value -> xattrs.put(name, Bytes.of(value)));
            } else if (name.endsWith(OVERLAY + "opaque")) {
                found.opaque = true;
            } else if (name.endsWith(OVERLAY + "redirect")) {
                throw new ExecutorException("overlayfs has moved " + found.path.getFileName()
                        + " without copying it, which no layer can express; turn its option redirect_dir off");
            }
        }
        return xattrs;
    }

    private void digestAll(List<Found> files) throws IOException, InterruptedException {
        Parallel.forEach(files, Digester::new);
    }

    /** Digests files, in one thread. */
    private static final class Digester implements Parallel.Worker<Found> {

        private final byte[] buffer = new byte[1 << 16];

        @Override
        public void accept(Found file) throws IOException {
            MessageDigest digest = Digest.newSha256();
            try (InputStream in = Files.newInputStream(file.path)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            }
            file.digest = Digest.of(digest.digest());
        }

        @Override
        public void close() {}
    }

    private Directory folder(Found found, Optional<Directory> below, boolean isRoot) throws IOException {
        SortedMap<String, Node> children = new TreeMap<>();
        if (found.opaque && below.isPresent()) {
            below.get().names().forEach(name -> children.put(name, Whiteout.INSTANCE));
        }
        for (Found child : found.children) {
            String name = child.name();
            Optional<Node> before = below.flatMap(root -> root.child(name));
            children.remove(name);
            if (child.status.isWhiteout()) {
                before.ifPresent(gone -> children.put(name, Whiteout.INSTANCE));
            } else if (child.status.isFolder()) {
                Directory layer =
                        folder(child, before.filter(Directory.class::isInstance).map(Directory.class::cast), false);
                if (!layer.isImplicit() || layer.size() > 0) {
                    children.put(name, layer);
                }
            } else {
                Node node = node(child, before);
                if (before.isEmpty() || !LayerDiff.same(before.get(), node)) {
                    children.put(name, node);
                }
            }
        }
        Attributes attributes = truth.of(found.attributes, below.map(Node.class::cast));
        boolean bare = isRoot || children.isEmpty();
        boolean same = below.isPresent() && LayerDiff.sameFolder(below.get().attributes(), attributes, bare);
        return Directory.ofLayer(same ? Optional.empty() : Optional.of(attributes), children);
    }

    private Node node(Found found, Optional<Node> before) throws IOException {
        Attributes attributes = truth.of(found.attributes, before);
        if (found.status.isFile()) {
            Optional<SpecialFile> device = truth.device(before);
            if (device.isPresent()) {
                return device.get().with(attributes);
            }
            return found.status.linkCount() > 1
                    ? linked.computeIfAbsent(found.status.identity(), first -> file(found, attributes))
                    : file(found, attributes);
        }
        if (found.status.isLink()) {
            return new SymbolicLink(attributes, PathText.of(Files.readSymbolicLink(found.path)));
        }
        return SpecialFile.of(found.status, attributes);
    }

    private RegularFile file(Found found, Attributes attributes) {
        Content content = found.digest == null ? Content.EMPTY : Content.own(found.digest, found.status.size(), offset);
        offset += found.status.size();
        return new RegularFile(attributes, content);
    }
}
