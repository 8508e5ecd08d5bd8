package dev.slipway.oci.layer;

/** Where the fields of a tar header are (POSIX ustar), and the names of the records that extend it. */
final class TarFormat {

    static final int BLOCK = 512;

    static final Field NAME = new Field(0, 100);
    static final Field MODE = new Field(100, 8);
    static final Field UID = new Field(108, 8);
    static final Field GID = new Field(116, 8);
    static final Field SIZE = new Field(124, 12);
    static final Field MODIFIED = new Field(136, 12);
    static final Field CHECKSUM = new Field(148, 8);
    static final int TYPE = 156;
    static final Field LINK = new Field(157, 100);
    static final Field MAGIC = new Field(257, 8);
    static final Field DEVICE_MAJOR = new Field(329, 8);
    static final Field DEVICE_MINOR = new Field(337, 8);
    static final Field PREFIX = new Field(345, 155);

    static final String PAX_PATH = "path";
    static final String PAX_LINK = "linkpath";
    static final String PAX_SIZE = "size";
    static final String PAX_UID = "uid";
    static final String PAX_GID = "gid";
    static final String PAX_MODIFIED = "mtime";
    static final String PAX_XATTR = "SCHILY.xattr.";
    static final String PAX_SPARSE = "GNU.sparse.";

    private TarFormat() {}

    /** A field of the header block. */
    record Field(int offset, int length) {}

    /** The sum of all bytes of a header, its own field taken as spaces. */
    static int checksum(byte[] header) {
        return sum(header, 0xFF);
    }

    /** The same sum of signed bytes, which some old programs used. */
    static int signedChecksum(byte[] header) {
        return sum(header, -1);
    }

    private static int sum(byte[] header, int mask) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM.offset && i < CHECKSUM.offset + CHECKSUM.length;
            sum += own ? ' ' : header[i] & mask;
        }
        return sum;
    }

    /** How many bytes pad the last block of content with this length. */
    static int padding(long size) {
        return (int) (-size & (BLOCK - 1));
    }
}
