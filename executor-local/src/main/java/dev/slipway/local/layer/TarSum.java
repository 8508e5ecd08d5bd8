package dev.slipway.local.layer;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.UnixText;
import java.security.MessageDigest;
import java.util.Map;

/**
 * The beginning of BuildKit's digest of a file: what a tar header would say of it but for its name and times, in the form that Docker
 * once hashed archives in. The bytes of a regular file follow.
 */
public final class TarSum {

    private static final int LINK_MODE = 0777;

    private TarSum() {}

    /** The beginning for a regular file. */
    public static MessageDigest ofFile(Attributes attributes, long size) {
        return begin(attributes, attributes.mode(), size, '0', "", 0, 0);
    }

    static MessageDigest ofFolder(Attributes attributes) {
        return begin(attributes, attributes.mode(), 0, '5', "", 0, 0);
    }

    static MessageDigest ofLink(SymbolicLink link) {
        return begin(link.attributes(), LINK_MODE, 0, '2', link.target(), 0, 0);
    }

    static MessageDigest ofSpecial(SpecialFile special) {
        long major = special.isDevice() ? special.major() : 0;
        long minor = special.isDevice() ? special.minor() : 0;
        char type = switch (special.kind()) {
            case CHARACTER_DEVICE -> '3';
            case BLOCK_DEVICE -> '4';
            case FIFO -> '6';
            case SOCKET -> '0'; // Archives know no sockets, so that BuildKit takes one for an empty file.
        };
        return begin(special.attributes(), special.attributes().mode(), 0, type, "", major, minor);
    }

    private static MessageDigest begin(
            Attributes attributes, int mode, long size, char type, String link, long major, long minor) {
        MessageDigest digest = Digest.newSha256();
        String header = "namemode" + mode + "uid" + attributes.uid() + "gid" + attributes.gid() + "size" + size
                + "typeflag" + type + "linkname" + link + "unamegname" + "devmajor" + major + "devminor" + minor;
        digest.update(UnixText.encode(header));
        for (Map.Entry<String, Bytes> xattr : attributes.xattrs().entrySet()) {
            if (Attributes.isOfFile(xattr.getKey())) {
                digest.update(UnixText.encode(xattr.getKey()));
                digest.update(xattr.getValue().toArray());
            }
        }
        return digest;
    }
}
