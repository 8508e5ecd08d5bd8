package dev.slipway.local.store;

import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Digest;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.local.layer.Whiteout;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Looks into a layer that came in an image, in one pass over its blob. */
final class BlobIndexer {

    private final String layer;
    private final DraftDirectory root = DraftDirectory.ofLayer();
    private final LayerLinks links = new LayerLinks(root);
    private final byte[] buffer = new byte[1 << 16];
    private long offset;

    private BlobIndexer(String layer) {
        this.layer = layer;
    }

    /**
     * The entries of a layer.
     *
     * @param blob is closed
     * @param layer the layer's id, which is its diff id
     * @throws InvalidImageException if it is another layer, or damaged
     */
    static Directory index(InputStream blob, String layer) throws IOException {
        BlobIndexer indexer = new BlobIndexer(layer);
        try (LayerReader reader = LayerReader.ofLayer(blob, LayerLimits.DEFAULT)) {
            for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                indexer.add(entry.get(), reader);
            }
            if (!reader.diffId().hex().equals(layer)) {
                throw new InvalidImageException(
                        "a layer of the image has the diff id " + reader.diffId() + ", but its config says " + layer);
            }
        }
        indexer.links.settle();
        return indexer.root.toLayer();
    }

    private void add(FileEntry entry, LayerReader reader) throws IOException {
        Attributes attributes =
                new Attributes(entry.mode(), entry.uid(), entry.gid(), entry.modified(), entry.xattrs());
        if (entry.path().isEmpty()) {
            addRoot(entry, attributes);
            return;
        }
        int slash = entry.path().lastIndexOf('/');
        DraftDirectory parent = slash < 0 ? root : folder(entry.path().substring(0, slash));
        String name = entry.path().substring(slash + 1);
        switch (entry.type()) {
            case DIRECTORY -> folder(parent, name).setAttributes(attributes);
            case OPAQUE -> folder(parent, name).setOpaque();
            case WHITEOUT -> hide(parent, name);
            case FILE -> parent.put(name, new RegularFile(attributes, content(entry, reader)));
            case SYMLINK -> parent.put(name, new SymbolicLink(attributes, entry.linkTarget()));
            case HARD_LINK -> links.add(entry, parent, name, attributes);
            case CHARACTER_DEVICE -> parent.put(name, device(attributes, SpecialFile.Kind.CHARACTER_DEVICE, entry));
            case BLOCK_DEVICE -> parent.put(name, device(attributes, SpecialFile.Kind.BLOCK_DEVICE, entry));
            case FIFO -> parent.put(name, device(attributes, SpecialFile.Kind.FIFO, entry));
        }
    }

    /** A whiteout hides what lower layers have, never what its own layer has, whatever comes first (OCI image specification, layer.md). */
    private static void hide(DraftDirectory parent, String name) {
        Optional<Node> own = parent.child(name);
        if (own.isEmpty()) {
            parent.put(name, Whiteout.INSTANCE);
        } else if (own.get() instanceof DraftDirectory folder) {
            folder.setOpaque();
        }
    }

    private void addRoot(FileEntry entry, Attributes attributes) {
        switch (entry.type()) {
            case OPAQUE -> root.setOpaque();
            case DIRECTORY -> root.setAttributes(attributes);
            default -> throw new IllegalArgumentException("only a folder can be the root");
        }
    }

    private static SpecialFile device(Attributes attributes, SpecialFile.Kind kind, FileEntry entry) {
        return new SpecialFile(attributes, kind, entry.deviceMajor(), entry.deviceMinor());
    }

    private Content content(FileEntry entry, LayerReader reader) throws IOException {
        if (entry.size() == 0) {
            return Content.EMPTY;
        }
        MessageDigest digest = Digest.newSha256();
        InputStream in = reader.content();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        Content content = new Content(Digest.of(digest.digest()), entry.size(), layer, offset);
        offset += entry.size();
        return content;
    }

    /** The folder of this path; what is missing on the way is made, links on the way are followed inside the layer. */
    private DraftDirectory folder(String path) {
        DraftDirectory folder = root;
        for (String name : path.split("/")) {
            if (folder.child(name).orElse(null) instanceof SymbolicLink) {
                return followed(path);
            }
            folder = folder(folder, name);
        }
        return folder;
    }

    private DraftDirectory followed(String path) {
        DraftDirectory folder = root;
        for (String name : PathResolver.resolve(root, path).names()) {
            folder = folder(folder, name);
        }
        return folder;
    }

    /** What is gone and then made again in one layer hides what was there before. */
    private static DraftDirectory folder(DraftDirectory parent, String name) {
        Optional<DraftDirectory> known = parent.folder(name);
        if (known.isPresent()) {
            return known.get();
        }
        boolean replaced = parent.isWhiteout(name);
        DraftDirectory made = parent.makeImplicitFolder(name);
        if (replaced) {
            made.setOpaque();
        }
        return made;
    }
}
