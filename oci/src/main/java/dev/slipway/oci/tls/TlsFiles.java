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
 * How a server is trusted, and who it is told that we are.
 *
 * @param authorities certificates of those who vouch for the server; if empty, those that Java knows
 * @param certificate ours, with those that it needs behind it
 * @param key of our certificate
 * @param verified whether the server has to prove that it is who it should be
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
     * @throws IOException if one is not there or not what it should be
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
