package dev.slipway.oci.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in PEM form. Java reads PKCS #8 alone; the older forms of RSA and EC keys, which openssl writes too, are put
 * into its envelope (RFC 5958; RFC 8017, A.1.2; RFC 5915).
 */
final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xA0;
    private static final byte[] VERSION = {2, 1, 0};
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private PemKey() {}

    /**
     * Reads the key of a file.
     *
     * @throws IOException if there is none that can be used; the message names the file
     */
    static PrivateKey read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException("the key " + file + " is missing; it belongs to the certificate beside it", e);
        }
        Matcher block = BLOCK.matcher(text);
        if (!block.find()
                || block.group(2).contains("ENCRYPTED")
                || block.group(1).startsWith("ENCRYPTED")) {
            throw new IOException(file + " holds no private key in PEM form, or one with a password; write it without");
        }
        try {
            byte[] content = Base64.getMimeDecoder().decode(block.group(2));
            return switch (block.group(1)) {
                case "RSA PRIVATE KEY" -> key(envelope(content, RSA), file);
                case "EC PRIVATE KEY" -> key(envelope(content, join(EC, curve(content))), file);
                default -> key(content, file);
            };
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw unusable(file, e);
        }
    }

    private static PrivateKey key(byte[] content, Path file) throws IOException {
        GeneralSecurityException failure = null;
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
            } catch (GeneralSecurityException e) {
                failure = e;
            }
        }
        throw unusable(file, failure);
    }

    private static IOException unusable(Path file, Exception cause) {
        return new IOException("the private key in " + file + " can't be used", cause);
    }

    private static byte[] envelope(byte[] key, byte[] algorithm) {
        return element(SEQUENCE, join(VERSION, element(SEQUENCE, algorithm), element(OCTETS, key)));
    }

    /** The curve of an EC key: what its optional element 0 holds. */
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

    /** What an element holds; the position moves behind it. */
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

    private static byte[] element(int tag, byte[] content) {
        byte[] length = content.length < 0x80
                ? new byte[] {(byte) content.length}
                : new byte[] {(byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return join(new byte[] {(byte) tag}, length, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
