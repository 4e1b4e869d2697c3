package io.ashlar.cedar.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExtensionValueTest {

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "1.5, 15000",
        "-0.5, -5000",
        "00.0001, 1",
        "922337203685477.5807, 9223372036854775807",
        "-922337203685477.5808, -9223372036854775808"
    })
    void readsDecimals(String text, long tenThousandths) {
        assertThat(Decimal.parse(text)).isEqualTo(new Decimal(tenThousandths));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.",
                ".1",
                "-.1",
                "+1.0",
                "1.00000",
                "1.0.0",
                "1,0",
                "922337203685477.5808",
                "١.٠",
                "99999999999999999999.0",
                "1.0 ",
                "--1.0",
                "1.-5"
            })
    void refusesWhatIsNoDecimal(String text) {
        assertThatThrownBy(() -> Decimal.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1ms, 1",
        "-1ms, -1",
        "1d2h3m4s5ms, 93784005",
        "-1d12h, -129600000",
        "007s, 7000",
        "9223372036854775807ms, 9223372036854775807",
        "-9223372036854775808ms, -9223372036854775808"
    })
    void readsDurations(String text, long millis) {
        assertThat(Duration.parse(text)).isEqualTo(new Duration(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "d",
                "1m1d",
                "1d1d",
                "1.5h",
                "+1d",
                "1d ",
                "9223372036854775808ms",
                "106751991168d",
                "9223372036854775807ms1s",
                "1 d"
            })
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Duration.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01, 0",
        "1970-01-02T00:00:00Z, 86400000",
        "1969-12-31T23:59:59.999Z, -1",
        "2024-02-29T12:30:15.250+0130, 1709204415250",
        "2024-02-29T12:30:15-0130, 1709215215000",
        "0000-01-01, -62167219200000"
    })
    void readsDatetimes(String text, long millis) {
        assertThat(Datetime.parse(text)).isEqualTo(new Datetime(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-1-1",
                "2023-02-29",
                "2024-13-01",
                "2024-01-01T00:00:00",
                "2024-01-01T24:00:00Z",
                "2024-01-01T23:59:60Z",
                "2024-01-01T00:00:00.1Z",
                "2024-01-01T00:00:00+01:00",
                "2024-01-01T00:00:00+2400",
                "2024-01-01T00:00:00+0060",
                "2024-01-01 ",
                "2024-01-01T00:00Z",
                "-001-01-01",
                "2024-01-01T00:00:00.000",
                "2024-01-01T00:00:00z"
            })
    void refusesWhatIsNoDatetime(String text) {
        assertThatThrownBy(() -> Datetime.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1/32",
        "10.1.2.3/8, 10.1.2.3/8",
        "0.0.0.0/0, 0.0.0.0/0",
        "::, 0:0:0:0:0:0:0:0/128",
        "::1, 0:0:0:0:0:0:0:1/128",
        "1::, 1:0:0:0:0:0:0:0/128",
        "FE80::1:a/10, fe80:0:0:0:0:0:1:a/10",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8/128",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0/128",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"
    })
    void readsAddresses(String text, String canonical) {
        assertThat(IpRange.parse(text).text()).isEqualTo(canonical);
        assertThat(IpRange.parse(canonical)).isEqualTo(IpRange.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4/33",
                "1.2.3.4/",
                "1.2.3.4/08",
                "1.2.3.4/-1",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "::ffff:1.2.3.4",
                "12345::",
                "g::",
                "::1/129",
                "1:2:3:4:5:6:7:8::",
                "1.2.3.4 ",
                ":1",
                "1:",
                "fe80::1%eth0",
                "1..3.4"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> IpRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.0.0.0/8, true",
        "10.0.0.0/8, 10.1.2.3, false",
        "10.0.0.0/8, 10.9.9.9/8, true",
        "11.0.0.0, 10.0.0.0/8, false",
        "1.2.3.4, 0.0.0.0/0, true",
        "::1, ::/0, true",
        "::1, 0.0.0.0/0, false",
        "fe80::1, fe80::/10, true",
        "fec0::1, fe80::/10, false",
        "1:2:3:4:5::, 1:2:3:4::/64, true",
        "1:2:3:5:5::, 1:2:3:4::/64, false",
        "1:2:3:4:5::, 1:2:3:4:5::/80, true",
        "1:2:3:4:6::, 1:2:3:4:5::/80, false",
        "::2, ::3/127, true",
        "::4, ::3/127, false"
    })
    void knowsRanges(String inner, String outer, boolean expected) {
        assertThat(IpRange.parse(inner).within(IpRange.parse(outer))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true, false",
        "127.0.0.0/8, true, false",
        "127.0.0.0/7, false, false",
        "::1, true, false",
        "::1/127, false, false",
        "224.0.0.0/4, false, true",
        "239.255.255.255, false, true",
        "224.0.0.0/3, false, false",
        "ff00::/8, false, true",
        "ff00::/7, false, false",
        "10.0.0.1, false, false"
    })
    void knowsLoopbackAndMulticast(String text, boolean loopback, boolean multicast) {
        assertThat(IpRange.parse(text).loopback()).isEqualTo(loopback);
        assertThat(IpRange.parse(text).multicast()).isEqualTo(multicast);
    }

    @Test
    void movesInstants() {
        Datetime instant = Datetime.parse("1969-12-31T18:00:00Z");
        assertThat(instant.date()).isEqualTo(Datetime.parse("1969-12-31"));
        assertThat(instant.time()).isEqualTo(Duration.parse("18h"));
        assertThat(instant.offset(Duration.parse("6h"))).isEqualTo(new Datetime(0));
        assertThat(instant.since(new Datetime(0))).isEqualTo(Duration.parse("-6h"));
        assertThatThrownBy(() -> new Datetime(Long.MIN_VALUE).date()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Datetime(Long.MAX_VALUE).offset(new Duration(1)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Property
    void readsWhatItWrote(@ForAll long number, @ForAll long high) {
        assertThat(Decimal.parse(new Decimal(number).text())).isEqualTo(new Decimal(number));
        assertThat(Duration.parse(new Duration(number).text())).isEqualTo(new Duration(number));
        Datetime instant = new Datetime(Math.floorMod(number, 253_402_300_800_000L));
        assertThat(Datetime.parse(instant.text())).isEqualTo(instant);
        IpRange v6 = new IpRange(true, high, number, Math.floorMod(number, 129));
        assertThat(IpRange.parse(v6.text())).isEqualTo(v6);
        IpRange v4 = new IpRange(false, 0, number & 0xffff_ffffL, Math.floorMod(number, 33));
        assertThat(IpRange.parse(v4.text())).isEqualTo(v4);
    }
}
