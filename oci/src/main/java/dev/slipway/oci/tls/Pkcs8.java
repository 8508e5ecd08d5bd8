package dev.slipway.oci.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Keys in the form of PKCS #8 (RFC 5958), the only one that Java reads: an envelope around the older forms that names the
 * algorithm.
 */
final class Pkcs8 {

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 4;
    private static final int PARAMETERS = 0xA0;
    private static final byte[] VERSION = {2, 1, 0};
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Pkcs8() {}

    /** Of an RSA key in its own form, PKCS #1. */
    static byte[] ofRsa(byte[] key) {
        return envelope(RSA, key);
    }

    /**
     * Of an EC key in its own form (RFC 5915).
     *
     * @throws IllegalArgumentException if it does not name its curve
     */
    static byte[] ofEc(byte[] key) {
        try {
            return envelope(join(EC, curve(key)), key);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the key is truncated", e);
        }
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, join(VERSION, element(SEQUENCE, algorithm), element(OCTETS, key)));
    }

    /** The content of the key's member with the number 0. */
    private static byte[] curve(byte[] key) {
        ByteBuffer members = content(ByteBuffer.wrap(key));
        while (members.hasRemaining()) {
            int tag = members.get(members.position()) & 0xFF;
            ByteBuffer member = content(members);
            if (tag == PARAMETERS) {
                byte[] curve = new byte[member.remaining()];
                member.get(curve);
                return curve;
            }
        }
        throw new IllegalArgumentException("the key names no curve");
    }

    /** The content of an ASN.1 element; the position moves past it. */
    private static ByteBuffer content(ByteBuffer in) {
        in.get();
        int length = in.get() & 0xFF;
        if (length > 0x80) {
            int bytes = length & 0x7F;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | in.get() & 0xFF;
            }
        }
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("an element is longer than the key");
        }
        ByteBuffer content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return content;
    }

    /** An ASN.1 element: its tag, its length in as few bytes as possible, its content. */
    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length > 0x7f) {
            int bytes = (39 - Integer.numberOfLeadingZeros(content.length)) / 8;
            element.write(0x80 | bytes);
            for (int shift = 8 * (bytes - 1); shift > 0; shift -= 8) {
                element.write(content.length >> shift);
            }
        }
        element.write(content.length);
        element.writeBytes(content);
        return element.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
