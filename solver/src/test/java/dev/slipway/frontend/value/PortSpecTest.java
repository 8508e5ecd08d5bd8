package dev.slipway.frontend.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortSpecTest {

    @ParameterizedTest
    @CsvSource({
        "80, [80/tcp]",
        "80/UDP, [80/udp]",
        "7000-7002/sctp, '[7000/sctp, 7001/sctp, 7002/sctp]'",
        "8080:80, [80/tcp]",
        "127.0.0.1:8080:80, [80/tcp]",
        "[::1]:8080:80, [80/tcp]",
        "2001:db8::1:8080:80, [80/tcp]",
        "0.0.0.0:1234-1235:3333-3334/tcp, '[3333/tcp, 3334/tcp]'",
        "8000-8010:80, [80/tcp]",
        ":80, [80/tcp]",
        "0/tcp, [0/tcp]",
        "65535, [65535/tcp]"
    })
    void everyPortOfARangeIsExposed(String text, String exposed) {
        assertThat(PortSpec.parse(text).exposed()).hasToString(exposed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/tcp|invalid port: \"/tcp\": no port specified",
                "80:|invalid port: \"80:\": no port specified",
                "80/x|invalid port: \"80/x\": invalid proto: x",
                "a:1:2|invalid IP address: a",
                "[::1:1:2|invalid IP address [::1: address [::1:: missing ']' in address",
                "[::1]x:1:2|invalid IP address [::1]x: address [::1]x:: missing port in address",
                "[::1]:5:6:7|invalid IP address [::1]:5: address [::1]:5:: too many colons in address",
                "1.2.3|invalid containerPort: 1.2.3",
                "65536|invalid containerPort: 65536",
                "5-4|invalid containerPort: 5-4",
                "5-|invalid containerPort: 5-",
                "x:80|invalid hostPort: x",
                "1-2:3-5|invalid ranges specified for container and host Ports: 3-5 and 1-2",
            })
    void aMistakeIsNamed(String text, String message) {
        assertThatThrownBy(() -> PortSpec.parse(text).exposed())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void whereToPublishIsKeptForTheCheck() {
        PortSpec spec = PortSpec.parse("127.0.0.1:8080:80/TCP");
        assertThat(spec.ip()).isEqualTo("127.0.0.1");
        assertThat(spec.hostPort()).isEqualTo("8080");
        assertThat(spec.protocol()).isEqualTo("TCP");
    }
}
