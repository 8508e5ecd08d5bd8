package dev.slipway.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessagesTest {

    @Test
    void aTextIsQuotedOnOneLine() {
        assertThat(Messages.quote("/bin/sh -c \"a\\b\"\n\tc\u0007\u001b é 😀"))
                .isEqualTo("\"/bin/sh -c \\\"a\\\\b\\\"\\n\\tc\\a\\x1b é 😀\"");
    }
}
