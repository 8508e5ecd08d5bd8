package dev.slipway.oci.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Processes;
import dev.slipway.oci.engine.EngineAddress.Tcp;
import dev.slipway.oci.tls.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine on a port, which wants to know who is asking. */
class TlsConnectionTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Digest ID = Digest.sha256("the config");

    @TempDir
    private static Path folder;

    private FakeEngine engine;
    private int port;

    @BeforeEach
    void start() throws Exception {
        KeyStore own = keys("server", "RSA", "ip:127.0.0.1");
        KeyStore client = keys("client", "RSA", "dns:client");
        KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identity.init(own, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("client", client.getCertificate("own"));
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        port = server.getLocalPort();
        engine = new FakeEngine(server, () -> {
            SSLSocket socket = (SSLSocket) server.accept();
            return new FakeEngine.Connection(socket.getInputStream(), socket.getOutputStream(), socket);
        });
        engine.image(ID.toString(), ID.toString());
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    private static KeyStore keys(String name, String algorithm, String alternative)
            throws IOException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        if (!Files.exists(store)) {
            String program =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            Processes.lines(List.of(
                    program,
                    "-genkeypair",
                    "-alias",
                    "own",
                    "-keyalg",
                    algorithm,
                    "-dname",
                    "CN=" + name,
                    "-validity",
                    "3650",
                    "-ext",
                    "san=" + alternative,
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    "changeit",
                    "-keystore",
                    store.toString()));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static Path pem(String file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(content);
        return Files.writeString(
                folder.resolve(file), "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    private static Path certificate(KeyStore keys, String file) throws IOException, GeneralSecurityException {
        return pem(file, "CERTIFICATE", keys.getCertificate("own").getEncoded());
    }

    private static TlsFiles files(String keyKind) throws IOException, GeneralSecurityException {
        KeyStore client = keys("client", "RSA", "dns:client");
        byte[] key = client.getKey("own", PASSWORD).getEncoded();
        // A key of RSA is the content of the last element of one that says what it is.
        byte[] content = keyKind.equals("RSA PRIVATE KEY") ? Arrays.copyOfRange(key, 26, key.length) : key;
        return new TlsFiles(
                Optional.of(certificate(keys("server", "RSA", "ip:127.0.0.1"), "ca.pem")),
                Optional.of(certificate(client, "cert.pem")),
                Optional.of(pem("key.pem", keyKind, content)),
                true);
    }

    private Engine ask(String host, TlsFiles files) throws IOException {
        EngineChoice choice = new EngineChoice(new Tcp(host, port, Optional.of(files)), "a test");
        return Engine.ask(choice, Engine.Patience.USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY"})
    void anImageIsLoadedWithACertificate(String keyKind) throws Exception {
        byte[] archive = new byte[3_000_000];
        ask("127.0.0.1", files(keyKind)).load(out -> out.write(archive), ID, List.of(), StepMonitor.NONE);
        assertThat(engine.archive()).isEqualTo(archive);
    }

    @Test
    void anEngineThatNobodyVouchesForIsRefused() throws Exception {
        TlsFiles files = files("PRIVATE KEY");
        TlsFiles strangers = new TlsFiles(files.certificate(), files.certificate(), files.key(), true);
        assertThatThrownBy(() -> ask("127.0.0.1", strangers))
                .hasMessageContaining("does not answer: no secure connection: ")
                .hasMessageContaining("unable to find valid certification path");
        assertThat(ask("127.0.0.1", new TlsFiles(Optional.empty(), files.certificate(), files.key(), false)))
                .isNotNull();
    }

    @Test
    void anEngineUnderAnotherNameIsRefused() throws Exception {
        TlsFiles files = files("PRIVATE KEY");
        assertThatThrownBy(() -> ask("localhost", files)).hasMessageContaining("no secure connection: ");
    }

    @Test
    void aClientWithoutACertificateIsRefused() throws Exception {
        TlsFiles files = files("PRIVATE KEY");
        TlsFiles nobody = new TlsFiles(files.authorities(), Optional.empty(), Optional.empty(), true);
        assertThatThrownBy(() -> ask("127.0.0.1", nobody))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("does not answer: ");
    }

    @Test
    void filesThatAreNotWhatTheyShouldBeAreNamed() throws Exception {
        TlsFiles files = files("PRIVATE KEY");
        Path text = Files.writeString(folder.resolve("text.pem"), "a text\n");
        Path elliptic = pem("ec.pem", "EC PRIVATE KEY", new byte[] {1});
        Path none = folder.resolve("none.pem");
        assertThatThrownBy(() -> new TlsFiles(Optional.of(text), Optional.empty(), Optional.empty(), true).context())
                .hasMessageContaining(text + " holds no");
        assertThatThrownBy(() -> new TlsFiles(Optional.of(none), Optional.empty(), Optional.empty(), true).context())
                .hasMessageContaining(none.toString());
        assertThatThrownBy(
                        () -> new TlsFiles(files.authorities(), files.certificate(), Optional.of(text), true).context())
                .hasMessage(text + " holds no key that can be read; write it without a password with"
                        + " openssl pkcs8 -topk8 -nocrypt");
        assertThatThrownBy(() ->
                        new TlsFiles(files.authorities(), files.certificate(), Optional.of(elliptic), true).context())
                .hasMessage(elliptic + " is damaged");
    }

    @Test
    void keysOfOtherKindsAreRead() throws Exception {
        KeyStore elliptic = keys("elliptic", "EC", "dns:elliptic");
        TlsFiles files = new TlsFiles(
                Optional.empty(),
                Optional.of(certificate(elliptic, "elliptic-cert.pem")),
                Optional.of(pem(
                        "elliptic-key.pem",
                        "PRIVATE KEY",
                        elliptic.getKey("own", PASSWORD).getEncoded())),
                true);
        assertThat(files.context()).isNotNull();
    }
}
