package dev.slipway.local.store;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.local.store.CopiedTree.NewFiles;
import dev.slipway.local.store.CopiedTree.Origin;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.disk.OwnFiles;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.posix.PathText;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a {@link CopiedTree} as the root that it has become. */
final class TreeScan {

    private static final int SET_GROUP = 02000;

    private final CopiedTree tree;
    private final NewFiles newFiles;
    private final NewContents contents;
    private final Map<Object, Node> linked = new HashMap<>();
    private final byte[] buffer = new byte[1 << 16];

    TreeScan(CopiedTree tree, NewFiles newFiles, NewContents contents) {
        this.tree = tree;
        this.newFiles = newFiles;
        this.contents = contents;
    }

    /** What is in the folder of the tree. */
    Directory root(Path folder) throws IOException, InterruptedException {
        FileStatus status = FileStatus.of(folder);
        return (Directory) node(folder, "", status, Attributes.DEFAULT_FOLDER);
    }

    private Node node(Path file, String path, FileStatus status, Attributes parent)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Optional<Origin> origin = tree.origin(file, path, status);
        if (status.isFolder()) {
            return folder(file, path, status, attributes(file, status, origin, parent));
        }
        if (origin.isPresent() && origin.get().status().changed().equals(status.changed())) {
            return origin.get().node();
        }
        Node known = linked.get(status.identity());
        if (known == null) {
            known = changed(file, status, origin, attributes(file, status, origin, parent));
            linked.put(status.identity(), known);
        }
        return known;
    }

    private Directory folder(Path folder, String path, FileStatus status, Attributes attributes)
            throws IOException, InterruptedException {
        SortedMap<String, Node> children = new TreeMap<>();
        try (OwnFiles.Access access = OwnFiles.enter(folder, status);
                DirectoryStream<Path> files = Files.newDirectoryStream(access.path())) {
            for (Path file : files) {
                String name = PathText.nameOf(file);
                children.put(name, node(file, path + "/" + name, FileStatus.of(file), attributes));
            }
        }
        return Directory.of(attributes, children);
    }

    /** Something that may be what it was: a new name for a file, for instance, changes only when it was changed. */
    private Node changed(Path file, FileStatus status, Optional<Origin> origin, Attributes attributes)
            throws IOException {
        Node before = origin.map(Origin::node).orElse(null);
        if (status.isLink()) {
            return new SymbolicLink(attributes, PathText.of(Files.readSymbolicLink(file)));
        }
        if (!status.isFile()) {
            return SpecialFile.of(status, attributes);
        }
        if (before instanceof SpecialFile placeholder) {
            return placeholder.with(attributes);
        }
        RegularFile old = (RegularFile) before;
        if (old != null && isContent(file, status, old.content())) {
            return attributes.equals(old.attributes()) ? old : new RegularFile(attributes, old.content());
        }
        try (InputStream in = open(file)) {
            return new RegularFile(withoutCapability(attributes, old), contents.add(in));
        }
    }

    private boolean isContent(Path file, FileStatus status, Content content) throws IOException {
        if (status.size() != content.size()) {
            return false;
        }
        MessageDigest digest = Digest.newSha256();
        try (InputStream in = open(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return Digest.of(digest.digest()).equals(content.digest());
    }

    private static InputStream open(Path file) throws IOException {
        return Channels.newInputStream(OwnFiles.open(file));
    }

    /** Whoever writes to a program takes away what it had in rights. */
    private Attributes withoutCapability(Attributes attributes, @Nullable RegularFile old) {
        Bytes capability = attributes.xattrs().get(Attributes.CAPABILITY);
        if (tree.privileges().allow(Attributes.CAPABILITY)
                || old == null
                || capability == null
                || !capability.equals(old.attributes().xattrs().get(Attributes.CAPABILITY))) {
            return attributes;
        }
        SortedMap<String, Bytes> xattrs = new TreeMap<>(attributes.xattrs());
        xattrs.remove(Attributes.CAPABILITY);
        return attributes.withXattrs(xattrs);
    }

    /** What the tree could express it says, as far as that has changed; the rest is known. */
    private Attributes attributes(Path file, FileStatus status, Optional<Origin> origin, Attributes parent)
            throws IOException {
        if (origin.isPresent() && origin.get().status().changed().equals(status.changed())) {
            return origin.get().node().attributes();
        }
        Attributes known = origin.isPresent() ? owned(status, origin.get()) : owned(status, parent);
        if (origin.isEmpty() || origin.get().status().mode() != status.mode()) {
            known = known.withMode(status.mode() & 07777);
        }
        if (origin.isEmpty() || !origin.get().status().modified().equals(status.modified())) {
            known = known.withModified(status.modified());
        }
        return newFiles.given(file, known.withXattrs(xattrs(file, status, known)));
    }

    /** What is not what it was has been given away, if it can be at all. */
    private Attributes owned(FileStatus status, Origin origin) {
        Attributes known = origin.node().attributes();
        if (!tree.privileges().owners()) {
            return known;
        }
        FileStatus before = origin.status();
        return known.withOwner(
                status.uid() == before.uid() ? known.uid() : status.uid(),
                status.gid() == before.gid() ? known.gid() : status.gid());
    }

    /** Something new. */
    private Attributes owned(FileStatus status, Attributes parent) {
        Attributes found = Attributes.of(status.mode() & 07777);
        if (tree.privileges().owners()) {
            return found.withOwner(status.uid(), status.gid());
        }
        Attributes made = newFiles.made(found);
        return (parent.mode() & SET_GROUP) != 0 ? made.withOwner(made.uid(), parent.gid()) : made;
    }

    private SortedMap<String, Bytes> xattrs(Path file, FileStatus status, Attributes known) throws IOException {
        SortedMap<String, Bytes> xattrs = new TreeMap<>(known.xattrs());
        if (status.isLink()) {
            return xattrs;
        }
        xattrs.keySet().removeIf(tree.privileges()::allow);
        for (String name : Posix.get().xattrs(file)) {
            if (tree.privileges().allow(name)) {
                Posix.get().xattr(file, name).ifPresent(value -> xattrs.put(name, Bytes.of(value)));
            }
        }
        return xattrs;
    }
}
