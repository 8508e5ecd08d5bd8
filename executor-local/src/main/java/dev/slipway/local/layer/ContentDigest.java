package dev.slipway.local.layer;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.UnixText;
import java.security.MessageDigest;
import java.util.Map;

/**
 * The digest of a tree: kinds, names, modes, owners, links and bytes, never times. Of extended attributes, those of the file count, as
 * in BuildKit. No file is read for it: of its bytes, their digest counts. BuildKit's own digest is {@link Checksum}.
 */
public final class ContentDigest {

    private static final long NO_MORE_XATTRS = -1;

    private final MessageDigest digest = Digest.newSha256();

    private ContentDigest() {}

    /** The digest of a root with everything in it. */
    public static Digest of(Directory root) {
        return Digest.of(ofDirectory(root));
    }

    /** Computed once for each folder: a root shares most of them with the roots it was made of. */
    private static byte[] ofDirectory(Directory directory) {
        byte[] known = directory.contentDigest();
        if (known == null) {
            ContentDigest own = new ContentDigest();
            own.add("folder", directory.attributes());
            for (int i = 0; i < directory.size(); i++) {
                own.add(directory.name(i));
                own.add(directory.node(i));
            }
            known = own.digest.digest();
            directory.contentDigest(known);
        }
        return known;
    }

    private void add(Node node) {
        if (node instanceof Directory directory) {
            digest.update(ofDirectory(directory));
        } else if (node instanceof RegularFile file) {
            add("file", file.attributes());
            add(file.content().digest().hex());
        } else if (node instanceof SymbolicLink link) {
            add("link", link.attributes().withMode(0777));
            add(link.target());
        } else if (node instanceof SpecialFile special) {
            add(special.kind().name(), special.attributes());
            add(special.major());
            add(special.minor());
        }
    }

    private void add(String kind, Attributes attributes) {
        add(kind);
        add(attributes.mode());
        add(attributes.uid());
        add(attributes.gid());
        for (Map.Entry<String, Bytes> xattr : attributes.xattrs().entrySet()) {
            if (Attributes.isOfFile(xattr.getKey())) {
                add(xattr.getKey());
                add(xattr.getValue().length());
                digest.update(xattr.getValue().toArray());
            }
        }
        add(NO_MORE_XATTRS);
    }

    private void add(String text) {
        byte[] bytes = UnixText.encode(text);
        add(bytes.length);
        digest.update(bytes);
    }

    private void add(long number) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            digest.update((byte) (number >>> shift));
        }
    }
}
