package dev.slipway.oci.tls;

import java.io.ByteArrayInputStream;
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

/** A file with certificates or a key, as openssl writes them: Base64 between lines that name its type. */
public final class PemFile {

    private static final int MAX_SIZE = 1 << 20;
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private final Path path;
    private final String text;

    private PemFile(Path path, String text) {
        this.path = path;
        this.text = text;
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or is too large
     */
    public static PemFile read(Path path) throws IOException {
        if (Files.size(path) > MAX_SIZE) {
            throw new IOException(path + " is larger than " + MAX_SIZE + " bytes");
        }
        return new PemFile(path, Files.readString(path, StandardCharsets.ISO_8859_1));
    }

    /**
     * All certificates, at least one.
     *
     * @throws IOException if there is none, or if one is damaged
     */
    public List<Certificate> certificates() throws IOException {
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

    /**
     * The key.
     *
     * @throws IOException if there is none that can be used; the message names the file
     */
    public PrivateKey privateKey() throws IOException {
        Optional<byte[]> plain = block("PRIVATE KEY");
        Optional<byte[]> rsa = block("RSA PRIVATE KEY");
        Optional<byte[]> ec = block("EC PRIVATE KEY");
        boolean isReadable = rsa.isPresent() || ec.isPresent();
        if (plain.isEmpty() && (!isReadable || text.contains("ENCRYPTED"))) {
            throw new IOException(path + " holds no key that can be read; write it without a password with"
                    + " openssl pkcs8 -topk8 -nocrypt");
        }
        byte[] key;
        try {
            key = plain.or(() -> rsa.map(Pkcs8::ofRsa))
                    .or(() -> ec.map(Pkcs8::ofEc))
                    .orElseThrow();
        } catch (IllegalArgumentException e) {
            throw new IOException(path + " is damaged", e);
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
            } catch (GeneralSecurityException e) {
                // The next algorithm is tried, because the file does not name it.
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
}
