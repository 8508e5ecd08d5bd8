package dev.slipway.oci.registry;

import dev.slipway.oci.tls.PemFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificates for one registry, from a folder: authorities in addition to the usual ones, and the user's own certificate.
 */
final class Certificates {

    private static final char[] NO_PASSWORD = {};

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
    }

    /**
     * The TLS settings for connections.
     *
     * @throws IOException if a file cannot be used; the message names it
     */
    SSLContext context() throws IOException {
        try {
            KeyStore trusted = emptyStore();
            for (X509Certificate authority : usualAuthorities()) {
                add(trusted, authority);
            }
            for (Path file : files("*.crt")) {
                for (Certificate authority : PemFile.read(file).certificates()) {
                    add(trusted, authority);
                }
            }
            KeyStore own = emptyStore();
            for (Path file : files("*.cert")) {
                Certificate[] chain = PemFile.read(file).certificates().toArray(Certificate[]::new);
                own.setKeyEntry(file.getFileName().toString(), key(file), NO_PASSWORD, chain);
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trustManagers(trusted), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates in " + folder + " can't be used: " + e.getMessage(), e);
        }
    }

    private List<Path> files(String pattern) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            found.forEach(files::add);
        }
        return files.stream().sorted().toList();
    }

    private PrivateKey key(Path certificate) throws IOException {
        Path file = folder.resolve(certificate.getFileName().toString().replaceFirst("\\.cert$", ".key"));
        if (!Files.exists(file)) {
            throw new IOException("the key " + file + " is missing; it belongs to the certificate beside it");
        }
        return PemFile.read(file).privateKey();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static void add(KeyStore store, Certificate certificate) throws GeneralSecurityException {
        store.setCertificateEntry(Integer.toString(store.size()), certificate);
    }

    private static List<X509Certificate> usualAuthorities() throws GeneralSecurityException {
        List<X509Certificate> authorities = new ArrayList<>();
        for (TrustManager manager : trustManagers(null)) {
            if (manager instanceof X509TrustManager known) {
                authorities.addAll(List.of(known.getAcceptedIssuers()));
            }
        }
        return authorities;
    }

    private static TrustManager[] trustManagers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
