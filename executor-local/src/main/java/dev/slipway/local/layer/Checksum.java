package dev.slipway.local.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.oci.layer.UnixText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;

/**
 * BuildKit's digests of what is at a path: kinds, names, modes, owners, links and bytes, never times. Those of regular files have to be
 * known before.
 */
final class Checksum {

    /** The digest of nothing. */
    static final byte[] NOTHING = Digest.newSha256().digest();

    private static final byte SEPARATOR = 0;

    private Checksum() {}

    /** The digest of a node with everything below it. */
    static byte[] of(Node node) {
        return node instanceof Directory directory ? ofFolder(directory) : ofHeader(node);
    }

    /** The digest of a node; for a folder, that of what it is like, without what is in it. */
    static byte[] ofHeader(Node node) {
        if (node instanceof RegularFile file) {
            return requireNonNull(file.checksum(), "the digest of a file is not known");
        }
        if (node instanceof SymbolicLink link) {
            return TarSum.ofLink(link).digest();
        }
        if (node instanceof SpecialFile special) {
            return TarSum.ofSpecial(special).digest();
        }
        return TarSum.ofFolder(node.attributes()).digest();
    }

    /** Computed once for each folder: a root shares most of them with the roots it was made of. */
    private static byte[] ofFolder(Directory folder) {
        byte[] known = folder.checksum();
        if (known == null) {
            known = ofFolder(folder, ofHeader(folder));
            folder.checksum(known);
        }
        return known;
    }

    /** The digest of a folder that is like this. */
    static byte[] ofFolder(Directory folder, byte[] header) {
        MessageDigest digest = Digest.newSha256();
        digest.update(SEPARATOR);
        add(digest, header);
        for (int i = 0; i < folder.size(); i++) {
            digest.update(SEPARATOR);
            digest.update(UnixText.encode(folder.name(i)));
            add(digest, of(folder.node(i)));
        }
        return digest.digest();
    }

    /** Digests count in digests as text. */
    static void add(MessageDigest digest, byte[] sha256) {
        digest.update(text(sha256));
    }

    static byte[] text(byte[] sha256) {
        return ("sha256:" + HexFormat.of().formatHex(sha256)).getBytes(StandardCharsets.US_ASCII);
    }

    /** Finds the regular files of a node whose digests are not known. */
    static void addUnknown(Node node, Collection<RegularFile> unknown) {
        if (node instanceof RegularFile file && file.checksum() == null) {
            unknown.add(file);
        } else if (node instanceof Directory folder && folder.checksum() == null) {
            for (int i = 0; i < folder.size(); i++) {
                addUnknown(folder.node(i), unknown);
            }
        }
    }
}
