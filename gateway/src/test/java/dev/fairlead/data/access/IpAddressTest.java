package dev.fairlead.data.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text                     | address       | group
            192.0.2.1                | 192.0.2.1     | 192.0.2.1
            192.0.2.1:80             | 192.0.2.1     | 192.0.2.1
            ::ffff:192.0.2.1         | 192.0.2.1     | 192.0.2.1
            2001:db8:1:2:3:4:5:6     | 2001:db8:1:2:3:4:5:6 | 2001:db8:1:2::/64
            [2001:db8::1]            | 2001:db8::1   | 2001:db8::/64
            [2001:db8::1]:65535      | 2001:db8::1   | 2001:db8::/64
            ::1                      | ::1           | ::/64
            192.0.2                  |               |
            192.0.2.256              |               |
            192.0.2.1:               |  192.0.2.1    | 192.0.2.1
            192.0.2.1:x              |               |
            192.0.2.1:999999         |               |
            0x7f000001               |               |
            2130706433               |               |
            localhost                |               |
            unknown                  |               |
            _hidden                  |               |
            fe80::1%eth0             |               |
            [192.0.2.1]              |               |
            [2001:db8::1             |               |
            [2001:db8::1]x           |               |
            [[::1]]                  |               |
            ''                       |               |
            1::2::3                  |               |
            """, useHeadersInDisplayName = true)
    void aTextIsAnAddressOrNone(String text, @Nullable String address, @Nullable String group) {
        IpAddress read = IpAddress.parseWithPort(text);

        assertThat(read == null ? null : read.text()).isEqualTo(address);
        assertThat(read == null ? null : read.group()).isEqualTo(group);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            range             | inside            | outside
            10.0.0.0/8        | 10.255.0.1        | 11.0.0.0
            10.0.0.0/8        | ::ffff:10.1.1.1   | ::ffff:11.0.0.1
            10.1.2.3          | 10.1.2.3          | 10.1.2.4
            0.0.0.0/0         | 255.1.1.1         | 2001:db8::1
            192.0.2.128/25    | 192.0.2.255       | 192.0.2.127
            192.0.2.4/30      | 192.0.2.7         | 192.0.2.8
            2001:db8::/33     | 2001:db8:7fff::1  | 2001:db8:8000::1
            ::1               | ::1               | ::2
            ::/0              | 2001:db8::1       | 10.0.0.1
            """, useHeadersInDisplayName = true)
    void aRangeContainsWhatBeginsLikeIt(String text, String inside, String outside) {
        IpRange range = Objects.requireNonNull(IpRange.parse(text));

        assertThat(range.contains(Objects.requireNonNull(IpAddress.parse(inside))))
                .isTrue();
        assertThat(range.contains(Objects.requireNonNull(IpAddress.parse(outside))))
                .isFalse();
        assertThat(range).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0/8",
        "/8",
        "::/129",
        "a/8",
        "10.0.0.0/8/8",
        "10.0.0.0/+8"
    })
    void whatIsNoRangeIsNone(String text) {
        assertThat(IpRange.parse(text)).isNull();
    }
}
