package dev.slipway.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnixTextTest {

    @Test
    void everyRunOfBytesComesBack() {
        long seed = 20260402;
        Random random = new Random(seed);
        byte[] likely = {
            'a',
            '/',
            (byte) 0xC3,
            (byte) 0xA9,
            (byte) 0xE2,
            (byte) 0x98,
            (byte) 0x83,
            (byte) 0xF0,
            (byte) 0x9F,
            (byte) 0x98,
            (byte) 0x80,
            (byte) 0xEF,
            (byte) 0xBF,
            (byte) 0xBD,
            (byte) 0xED,
            (byte) 0xA0,
            -1,
            0
        };
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(8)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = likely[random.nextInt(likely.length)];
            }
            String text = UnixText.decode(bytes);

            assertThat(UnixText.encode(text))
                    .as("seed %d: %s", seed, Arrays.toString(bytes))
                    .isEqualTo(bytes);
            boolean valid =
                    Arrays.equals(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
            assertThat(UnixText.isValid(text))
                    .as("seed %d: %s", seed, Arrays.toString(bytes))
                    .isEqualTo(valid);
        }
    }

    @Test
    void textIsUtf8() {
        assertThat(UnixText.decode("naïve ☃ 😀 \uFFFD".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("naïve ☃ 😀 \uFFFD");
        assertThat(UnixText.decode(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\uDCFFb");
    }
}
