package dev.slipway.frontend.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.llb.ProcessMeta.HostIp;
import dev.slipway.llb.ProcessMeta.Ulimit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values of options and flags. */
class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 1.2.3.4",
        "::, ::",
        "::1, ::1",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:2:3:4:5:6:7:0, 1:2:3:4:5:6:7:0",
        "::ffff:1.2.3.4, 1.2.3.4",
        "64:ff9b::1.2.3.4, 64:ff9b::102:304",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0"
    })
    void anAddressHasOneForm(String text, String canonical) {
        assertThat(IpAddress.parse(text)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "256.1.1.1",
                "1.2.3.x",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "12345::",
                "fe80::1%eth0",
                "1:2:3:4:5:6:7:8::",
                "1.2.3.4::"
            })
    void otherTextIsNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "-3", "KILL", "sigterm", "SIGRTMIN+15", "rtmax-14", "RTMAX", "SIGRTMIN"})
    void aSignalHasNameOrNumber(String signal) {
        assertThatCode(() -> Signals.check(signal)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "", "SIG", "NOPE", "RTMIN+16", "RTMAX-15", "SIGSIGKILL"})
    void otherTextIsNoSignal(String signal) {
        assertThatThrownBy(() -> Signals.check(signal)).hasMessage("invalid signal: " + signal);
    }

    @Test
    void aHardLimitIsTheSoftOneUnlessGiven() {
        assertThat(Ulimits.parse("nofile=1024")).isEqualTo(new Ulimit("nofile", 1024, 1024));
        assertThat(Ulimits.parse("core=0:-1")).isEqualTo(new Ulimit("core", 0, -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nofile|invalid ulimit argument: nofile",
                "as=1|invalid ulimit type: as",
                "cpu=2:1|ulimit soft limit must be less than or equal to hard limit: 2 > 1",
                "cpu=-1:1|ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: 1",
                "cpu=x|strconv.ParseInt: parsing \"x\": invalid syntax",
                "cpu=99999999999999999999|strconv.ParseInt: parsing \"99999999999999999999\": value out of range",
                "cpu=1:2:3|too many limit value arguments - 1:2:3, can only have up to two, `soft[:hard]`",
            })
    void aLimitThatIsNoneIsNamed(String text, String message) {
        assertThatThrownBy(() -> Ulimits.parse(text)).hasMessage(message);
    }

    @Test
    void anExtraHostIsInLowerCase() {
        assertThat(ExtraHosts.parse("DB.local=::0001")).isEqualTo(new HostIp("db.local", "::1"));
        assertThatThrownBy(() -> ExtraHosts.parse("a")).hasMessage("invalid key-value pair a");
        assertThatThrownBy(() -> ExtraHosts.parse("a=B")).hasMessage("failed to parse IP b");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, ''", "755, 493, ''", "07777, 4095, ''", "'u=rwX,go=rX', 0, 'u=rwX,go=rX'", "+x, 0, +x"})
    void aModeIsOctalOrSymbolic(String text, int bits, String symbolic) {
        assertThat(FileMode.parse(text)).isEqualTo(new FileMode(bits, symbolic));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000", "8888", "64a", "77777777777777"})
    void aNumberThatIsNoModeIsRefused(String text) {
        assertThatThrownBy(() -> FileMode.parse(text))
                .hasMessage(
                        "invalid chmod parameter: '" + text + "'. it should be octal string and between 0 and 07777");
    }

    @ParameterizedTest
    @ValueSource(strings = {"u", "u+x,", "+755", "x", "a!r", "u=rq"})
    void aSymbolicModeThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> FileMode.parse(text)).hasMessage("invalid syntax");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.000000001S, 1ns",
        "PT0.0000015S, 1.5µs",
        "PT0.2S, 200ms",
        "PT1.5S, 1.5s",
        "PT90S, 1m30s",
        "PT1H, 1h0m0s",
        "PT25H30M0.25S, 25h30m0.25s",
        "-PT1M, -1m0s"
    })
    void aDurationIsPrintedAsInGo(Duration duration, String text) {
        assertThat(GoFormat.duration(duration)).isEqualTo(text);
    }

    @Test
    void aListIsPrintedAsInGo() {
        assertThat(GoFormat.list(List.of("a", "b c"))).isEqualTo("[a b c]");
        assertThat(GoFormat.quotedList(List.of("a", "b \"c\"\n"))).isEqualTo("[\"a\" \"b \\\"c\\\"\\n\"]");
        assertThat(GoFormat.list(List.of())).isEqualTo("[]");
    }

    @Test
    void aTruthValueHasTwelveSpellings() {
        assertThat(List.of("1", "t", "T", "TRUE", "true", "True"))
                .allMatch(text -> GoNumbers.parseBool(text).orElseThrow());
        assertThat(List.of("0", "f", "F", "FALSE", "false", "False"))
                .noneMatch(text -> GoNumbers.parseBool(text).orElseThrow());
        assertThat(GoNumbers.parseBool("yes")).isEmpty();
        assertThat(GoNumbers.parseBool("tRUE")).isEmpty();
    }

    @Test
    void aSignedNumberHas64BitsAndPlainDigits() {
        assertThat(GoNumbers.int64("+9223372036854775807")).contains(Long.MAX_VALUE);
        assertThat(GoNumbers.int64("-9223372036854775808")).contains(Long.MIN_VALUE);
        assertThat(List.of("9223372036854775808", "", "-", "1_0", "0x1", " 1", "\u0661"))
                .allMatch(text -> GoNumbers.int64(text).isEmpty());
    }

    @Test
    void anUnsignedNumberHas32Bits() {
        assertThat(GoNumbers.parseUint32("4294967295", 10)).contains(4294967295L);
        assertThat(GoNumbers.parseUint32("4294967296", 10)).isEmpty();
        assertThat(GoNumbers.parseUint32("0644", 8)).contains(0644L);
        assertThat(GoNumbers.parseUint32("8", 8)).isEmpty();
        assertThat(GoNumbers.parseUint32("-1", 10)).isEmpty();
    }
}
