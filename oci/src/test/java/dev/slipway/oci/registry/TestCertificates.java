package dev.slipway.oci.registry;

import dev.slipway.oci.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Certificates made for a test: an authority, and what it has signed for a server on loopback and for a user. */
final class TestCertificates {

    private static final char[] PASSWORD = "password".toCharArray();

    private final Path folder;
    private final KeyStore store;

    /** Makes them with the JDK's keytool. */
    TestCertificates(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        this.folder = folder;
        make("authority", "EC", "-ext", "bc:c");
        make("server", "EC", "-signer", "authority", "-ext", "san=ip:127.0.0.1,dns:localhost");
        make("user", "EC", "-signer", "authority");
        make("tokens", "RSA");
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("store.p12"))) {
            store.load(in, PASSWORD);
        }
        for (String name : List.of("authority", "server", "user", "tokens")) {
            Files.writeString(certificate(name), pem("CERTIFICATE", store.getCertificateChain(name)[0].getEncoded()));
            Files.writeString(key(name), pem("PRIVATE KEY", privateKey(name).getEncoded()));
        }
    }

    private void make(String name, String algorithm, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-keystore",
                folder.resolve("store.p12").toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                algorithm));
        command.addAll(List.of(options));
        Processes.lines(command);
    }

    static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END " + what + "-----\n";
    }

    Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    Path key(String name) {
        return folder.resolve(name + "-key.pem");
    }

    PrivateKey privateKey(String name) throws GeneralSecurityException {
        return (PrivateKey) store.getKey(name, PASSWORD);
    }

    Certificate own(String name) throws GeneralSecurityException {
        return store.getCertificate(name);
    }

    /** What a server on loopback protects its connections with. */
    SSLContext server() throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore one = KeyStore.getInstance("PKCS12");
        try {
            one.load(null, PASSWORD);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        one.setKeyEntry("server", privateKey("server"), PASSWORD, store.getCertificateChain("server"));
        keys.init(one, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** A folder for a registry, as in {@code certs.d}. */
    Path trust(String host) throws IOException {
        Path own = Files.createDirectories(folder.resolve("certs.d").resolve(host));
        Files.copy(certificate("authority"), own.resolve("ca.crt"));
        return own;
    }

    Path folders() {
        return folder.resolve("certs.d");
    }
}
