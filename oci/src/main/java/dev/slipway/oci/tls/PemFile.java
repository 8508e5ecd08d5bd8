package dev.slipway.oci.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file with certificates or a key, as openssl writes them: Base64 between lines that say what it is. */
final class PemFile {

    private static final int MAX_SIZE = 1 << 20;
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** Of RSA, in a key that says what it is: the number 0, and the algorithm's identifier. */
    private static final byte[] RSA = {
        2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
    };

    private final Path path;
    private final String text;

    private PemFile(Path path, String text) {
        this.path = path;
        this.text = text;
    }

    static PemFile read(Path path) throws IOException {
        if (Files.size(path) > MAX_SIZE) {
            throw new IOException(path + " is larger than " + MAX_SIZE + " bytes");
        }
        return new PemFile(path, Files.readString(path, StandardCharsets.ISO_8859_1));
    }

    /** All certificates, at least one. */
    List<Certificate> certificates() throws IOException {
        try {
            List<Certificate> certificates = List.copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))));
            if (certificates.isEmpty()) {
                throw new IOException(path + " holds no certificate");
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new IOException(path + " holds no valid certificate", e);
        }
    }

    /** The key. */
    PrivateKey privateKey() throws IOException {
        Optional<byte[]> plain = block("PRIVATE KEY");
        Optional<byte[]> rsa = block("RSA PRIVATE KEY");
        if (plain.isEmpty() && (rsa.isEmpty() || text.contains("ENCRYPTED"))) {
            throw new IOException(path + " holds no key that can be read; write it without a password with"
                    + " openssl pkcs8 -topk8 -nocrypt");
        }
        byte[] key = plain.isPresent() ? plain.get() : wrapped(rsa.get());
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
            } catch (GeneralSecurityException e) {
                // The next one is tried: the file does not say in words which it is.
                continue;
            }
        }
        throw new IOException(path + " holds a key of an unknown kind");
    }

    private Optional<byte[]> block(String name) throws IOException {
        Matcher matcher = Pattern.compile("-----BEGIN " + name + "-----([A-Za-z0-9+/=\\s]+)-----END " + name + "-----")
                .matcher(text);
        try {
            return matcher.find() ? Optional.of(Base64.getMimeDecoder().decode(matcher.group(1))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(path + " is damaged", e);
        }
    }

    /** A key of RSA alone (PKCS #1) as one that says what it is (PKCS #8), which is all that Java reads. */
    private static byte[] wrapped(byte[] rsa) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(RSA);
        content.writeBytes(element(4, rsa));
        return element(0x30, content.toByteArray());
    }

    /** An element of ASN.1: its tag, its length with no byte too many, its content. */
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
}
