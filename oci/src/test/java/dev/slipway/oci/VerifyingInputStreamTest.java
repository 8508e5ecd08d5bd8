package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VerifyingInputStreamTest {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final Descriptor DESCRIPTOR = Descriptor.of("text/plain", HELLO);

    private static InputStream stream(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return VerifyingInputStream.of(new ByteArrayInputStream(bytes), DESCRIPTOR);
    }

    @Test
    void theRightContentPassesHoweverItIsRead() throws IOException {
        assertThat(stream("hello").readAllBytes()).isEqualTo(HELLO);
        InputStream in = stream("hello");
        assertThat(in.read()).isEqualTo('h');
        assertThat(in.skip(3)).isEqualTo(3);
        assertThat(in.read()).isEqualTo('o');
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.markSupported()).isFalse();
    }

    @Test
    void otherContentFailsAtItsEnd() {
        assertThatThrownBy(() -> stream("hallo").readAllBytes())
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("blob " + DESCRIPTOR.digest() + " is damaged: its content has the digest "
                        + Digest.sha256("hallo"));
        assertThatThrownBy(() -> stream("hell").readAllBytes())
                .hasMessage("blob " + DESCRIPTOR.digest() + " ends after 4 of 5 bytes");
        assertThatThrownBy(() -> stream("hello!").readAllBytes())
                .hasMessage("blob " + DESCRIPTOR.digest() + " has more than the 5 bytes it should have");
        assertThatThrownBy(() -> stream("hello!").skip(100)).isInstanceOf(InvalidImageException.class);
    }

    @Test
    void sha512IsCheckedToo() throws IOException {
        Digest digest = Digest.parse("sha512:9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca7"
                + "2323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043");
        Descriptor descriptor = Descriptor.of("text/plain", digest, 5);

        assertThat(VerifyingInputStream.of(new ByteArrayInputStream(HELLO), descriptor)
                        .readAllBytes())
                .isEqualTo(HELLO);
    }
}
