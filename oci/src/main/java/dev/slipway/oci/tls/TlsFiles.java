package dev.slipway.oci.tls;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * How a server is verified, and how this client identifies itself.
 *
 * @param authorities certificates of authorities for the server; if empty, those of Java
 * @param certificate the client certificate, followed by its chain
 * @param key the key of the client certificate
 * @param verified whether the server's certificate is checked
 */
public record TlsFiles(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key, boolean verified) {

    private static final char[] NO_PASSWORD = {};

    public TlsFiles {
        requireNonNull(authorities, "authorities is null");
        requireNonNull(certificate, "certificate is null");
        requireNonNull(key, "key is null");
    }

    /**
     * Reads the files.
     *
     * @throws IOException if one is missing or invalid
     */
    public SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity(), trust(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private KeyManager[] identity() throws IOException, GeneralSecurityException {
        if (certificate.isEmpty() || key.isEmpty()) {
            return new KeyManager[0];
        }
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "own",
                PemFile.read(key.get()).privateKey(),
                NO_PASSWORD,
                PemFile.read(certificate.get()).certificates().toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager[] trust() throws IOException, GeneralSecurityException {
        if (!verified) {
            return new TrustManager[] {new TrustEverybody()};
        }
        KeyStore store = null;
        if (authorities.isPresent()) {
            store = emptyStore();
            List<Certificate> certificates = PemFile.read(authorities.get()).certificates();
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), certificates.get(i));
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
