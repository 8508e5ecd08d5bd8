package dev.slipway.executor.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlCredentialsTest {

    @ParameterizedTest
    @CsvSource({
        "https://user:secret@host/p, https://xxxxx:xxxxx@host/p",
        "https://secret@host, https://xxxxx@host",
        "https://:secret@host:8443/p?q#f, https://xxxxx:xxxxx@host:8443/p?q#f",
        "HTTP://u:secret@host, HTTP://xxxxx:xxxxx@host",
        "get https://u:s@a/ and http://v:t@b/ now, get https://xxxxx:xxxxx@a/ and http://xxxxx:xxxxx@b/ now",
        "https://u:se@cret@host/, https://xxxxx:xxxxx@host/",
        "https://u:se/cr?et#@host/, https://xxxxx:xxxxx@host/",
        "https://u:12/secret@host/, https://u:12/secret@host/",
        "socks5h://u:secret@proxy:1, socks5h://xxxxx:xxxxx@proxy:1",
        "ssh://git@host/p, ssh://git@host/p",
        "ssh://git:secret@host/p, ssh://xxxxx:xxxxx@host/p",
        "oci-layout://alpine@sha256:0123, oci-layout://alpine@sha256:0123",
        "docker-image://host:5000@sha256:0123, docker-image://host:5000@sha256:0123",
        "https://host:443/a@b, https://host:443/a@b",
        "https://host/@scope/p, https://host/@scope/p",
        "git@host:path, git@host:path",
        "name@example.org, name@example.org"
    })
    void whatStandsBeforeTheHostIsHidden(String text, String expected) {
        assertThat(UrlCredentials.redact(text)).isEqualTo(expected);
    }

    @Test
    void columnsStayWhereTheyAreIfTheyCount() {
        assertThat(UrlCredentials.redactInPlace("ADD https://u:secret@host/f /"))
                .isEqualTo("ADD https://xxxxxxxx@host/f /");
    }

    @Test
    void longTextTakesNoLongerThanItsLength() {
        String hostile = "a.".repeat(200_000) + "a://b:c".repeat(50_000) + "@";
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> UrlCredentials.redact(hostile));
    }
}
