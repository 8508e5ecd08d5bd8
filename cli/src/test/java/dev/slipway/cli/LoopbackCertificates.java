package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Certificates for a server on loopback, made by the JDK's keytool: one authority signs the server's and a user's.
 *
 * @param folder where {@code NAME.crt} and {@code NAME.key} are, in PEM
 */
record LoopbackCertificates(Path folder) {

    private static final String PASSWORD = "password";

    static LoopbackCertificates make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        generate(folder, "authority", "-ext", "bc:c");
        generate(folder, "server", "-signer", "authority", "-ext", "san=ip:127.0.0.1");
        generate(folder, "user", "-signer", "authority");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("store.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        for (String name : List.of("authority", "server", "user")) {
            byte[] certificate = store.getCertificateChain(name)[0].getEncoded();
            Files.writeString(folder.resolve(name + ".crt"), pem("CERTIFICATE", certificate));
            Key key = store.getKey(name, PASSWORD.toCharArray());
            Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded()));
        }
        return new LoopbackCertificates(folder);
    }

    private static void generate(Path folder, String name, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-keystore", folder.resolve("store.p12").toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD, "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC"));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).as(command.toString()).isZero();
    }

    private static String pem(String what, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    /** The certificate of the authority. */
    Path authority() {
        return folder.resolve("authority.crt");
    }

    /** The user's certificate. */
    Path certificate() {
        return folder.resolve("user.crt");
    }

    /** The user's key. */
    Path key() {
        return folder.resolve("user.key");
    }

    /** What a registry has to say in its config: its own certificate, and that of users it wants one of this authority. */
    String registrySetting() {
        return "{certificate: " + folder.resolve("server.crt") + ", key: " + folder.resolve("server.key")
                + ", clientcas: [" + authority() + "]}";
    }
}
