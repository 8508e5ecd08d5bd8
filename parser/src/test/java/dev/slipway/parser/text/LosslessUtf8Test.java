package dev.slipway.parser.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LosslessUtf8Test {

    @Test
    void validTextIsItself() {
        String text = "a é 한 😀 \uFFFD \uFEFF";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(LosslessUtf8.decode(bytes)).isEqualTo(text);
        assertThat(LosslessUtf8.encode(text)).isEqualTo(bytes);
        assertThat(LosslessUtf8.isValid(text)).isTrue();
    }

    @Test
    void eachDamagedByteIsOneCharacter() {
        byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
        assertThat(LosslessUtf8.decode(surrogate)).isEqualTo("\uDCED\uDCA0\uDC80");
        assertThat(LosslessUtf8.repair("a\uDCEDb\uDCA0😀")).isEqualTo("a\uFFFDb\uFFFD😀");
    }

    @Test
    void anyBytesComeBack() {
        long seed = 20260101;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            if (random.nextBoolean() && bytes.length > 4) {
                System.arraycopy("😀".getBytes(StandardCharsets.UTF_8), 0, bytes, 0, 4);
            }
            String text = LosslessUtf8.decode(bytes);
            assertThat(LosslessUtf8.encode(text))
                    .as("seed %d, case %d", seed, i)
                    .isEqualTo(bytes);
            boolean valid = new String(bytes, StandardCharsets.UTF_8).equals(text) && !text.contains("\uFFFD");
            if (!text.contains("\uFFFD")) {
                assertThat(LosslessUtf8.isValid(text))
                        .as("seed %d, case %d", seed, i)
                        .isEqualTo(valid);
            }
        }
    }

    @Test
    void theOrderIsThatOfBytes() {
        assertThat(LosslessUtf8.compareBytes("\uFFFD", "😀")).isNegative();
        assertThat("\uFFFD".compareTo("😀")).isPositive();
    }
}
