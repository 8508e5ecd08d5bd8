package dev.slipway.oci.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NativeSha256Test {

    private static final long SEED = 7;

    private final Random random = new Random(SEED);

    @Test
    void digestsAreThoseOfJavaHoweverLongTheMessageAndItsPieces() throws Exception {
        for (int length :
                new int[] {0, 1, 55, 56, 64, 65_535, 65_536, 65_537, 131_072, 3_000_000, 4_194_304, 5_000_000}) {
            for (int piece : new int[] {1000, 65_536, 70_000, 5_000_000}) {
                assertSame(message(length), piece);
            }
        }
    }

    @Test
    void manyShortMessagesAreDigestedLikeLongOnes() throws Exception {
        for (int i = 0; i < 2000; i++) {
            assertSame(message(random.nextInt(4000)), 1 + random.nextInt(5000));
        }
    }

    @Test
    void aCopyGoesOnByItself() throws Exception {
        for (int length : new int[] {10, 100_000}) {
            byte[] message = message(length);
            NativeSha256 one = new NativeSha256();
            one.engineUpdate(message, 0, length);
            NativeSha256 other = (NativeSha256) one.clone();
            other.engineUpdate((byte) 1);
            byte[] longer = Arrays.copyOf(message, length + 1);
            longer[length] = 1;

            assertThat(one.engineDigest()).isEqualTo(javas(message));
            assertThat(other.engineDigest()).isEqualTo(javas(longer));
        }
    }

    @Test
    void oneThatIsResetBeginsAnew() throws Exception {
        NativeSha256 digest = new NativeSha256();
        digest.engineUpdate(message(200_000), 0, 200_000);
        digest.engineReset();

        assertThat(digest.engineDigest()).isEqualTo(javas(new byte[0]));
        assertThat(digest.engineDigest()).isEqualTo(javas(new byte[0]));
    }

    private byte[] message(int length) {
        byte[] message = new byte[length];
        random.nextBytes(message);
        return message;
    }

    private static void assertSame(byte[] message, int piece) throws Exception {
        NativeSha256 digest = new NativeSha256();
        for (int at = 0; at < message.length; at += piece) {
            digest.engineUpdate(message, at, Math.min(piece, message.length - at));
        }
        assertThat(digest.engineDigest()).isEqualTo(javas(message));
    }

    private static byte[] javas(byte[] message) throws Exception {
        return MessageDigest.getInstance("SHA-256", "SUN").digest(message);
    }
}
