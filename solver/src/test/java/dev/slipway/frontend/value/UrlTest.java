package dev.slipway.frontend.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTest {

    @ParameterizedTest
    @CsvSource({
        "HTTPS://Host/a?b#c, https://Host/a",
        "https://u:p%40@h/x, https://u:p%40@h/x",
        "https://u!@h/x, https://u%21@h/x",
        "https://[::1]:80/x, https://[::1]:80/x",
        "https://h/a%2Fb, https://h/a%2Fb",
        "https://h/a%2Fb c, https://h/a/b%20c",
        "https://h/é, https://h/%C3%A9",
        "https://h/x?, https://h/x?",
        "https://h, https://h"
    })
    void anAddressIsWrittenAgainAsGoWritesIt(String text, String address) {
        assertThat(Url.parse(text).address()).isEqualTo(address);
    }

    @Test
    void partsAreDecoded() {
        Url url = Url.parse("ssh://git@h:22/a%20b?x=1+2&y&x=%263&bad=%zz&a;b=c#f%23g");
        assertThat(url.host()).isEqualTo("h:22");
        assertThat(url.path()).isEqualTo("/a b");
        assertThat(url.fragment()).isEqualTo("f#g");
        assertThat(url.query()).hasToString("{x=[1 2, &3], y=[]}");
        assertThat(url.userInfo()).isEqualTo("git");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/b|parse \"a/b\": missing protocol scheme",
                "https://h:x/|parse \"https://h:x/\": invalid port \":x\" after host",
                "https://[::1/|parse \"https://[::1/\": missing ']' in host",
                "https://a b@h/|parse \"https://a b@h/\": net/url: invalid userinfo",
                "https://h^/|parse \"https://h^/\": invalid character \"^\" in host name",
                "https://h/%q|invalid URL escape \"%q\"",
            })
    void aMistakeIsNamed(String text, String message) {
        assertThatThrownBy(() -> Url.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void controlCharactersAreRefused() {
        assertThatThrownBy(() -> Url.parse("https://h/\n")).hasMessageEndingWith("invalid control character in URL");
    }
}
