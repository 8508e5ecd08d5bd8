package dev.slipway.oci.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFileTest {

    /** Made for this test by openssl ecparam -genkey. */
    private static final String EC = String.join(
            "\n",
            "-----BEGIN EC PRIVATE KEY-----",
            "MHcCAQEEIILDnPuaP2LOFJIC7fID9RLfZ/7A+7x5KqR/CHTlvXGUoAoGCCqGSM49",
            "AwEHoUQDQgAErz6dR+zq/ZUlrpW4bDXTPRpyDZtH/bg+2e8WpXxRsDBkgRfvAMSd",
            "0JsoWfzQ/YI67NK9AJR421+3WUfcu8iiOg==",
            "-----END EC PRIVATE KEY-----");

    @TempDir
    private Path folder;

    private PemFile file(String text) throws IOException {
        return PemFile.read(Files.writeString(folder.resolve("key.pem"), text));
    }

    private static String pem(String name, byte[] content) {
        return "-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + name
                + "-----\n";
    }

    @Test
    void aKeyOfAnEllipticCurveIsReadInItsOwnForm() throws IOException {
        assertThat(file(EC).privateKey().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void aKeyOfRsaIsReadInItsOwnForm() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        byte[] whole = pair.getPrivate().getEncoded();
        // The key itself is behind 26 bytes that say that it is one of RSA.
        byte[] own = Arrays.copyOfRange(whole, 26, whole.length);

        assertThat(file(pem("RSA PRIVATE KEY", own)).privateKey()).isEqualTo(pair.getPrivate());
        assertThat(file(pem("PRIVATE KEY", whole)).privateKey()).isEqualTo(pair.getPrivate());
    }

    @Test
    void whatIsNoKeyIsNamed() {
        assertThatThrownBy(() -> file("nothing").privateKey())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(folder.resolve("key.pem") + " holds no key that can be read");
        assertThatThrownBy(() ->
                        file(pem("EC PRIVATE KEY", new byte[] {0x30, 2, 5, 0})).privateKey())
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("key.pem") + " is damaged");
        assertThatThrownBy(() -> file(pem("EC PRIVATE KEY", new byte[] {0x30})).privateKey())
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("key.pem") + " is damaged");
    }
}
