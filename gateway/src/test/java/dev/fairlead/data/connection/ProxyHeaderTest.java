package dev.fairlead.data.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.connection.ProxyHeader.Absent;
import dev.fairlead.data.connection.ProxyHeader.Bad;
import dev.fairlead.data.connection.ProxyHeader.Found;
import dev.fairlead.data.connection.ProxyHeader.Incomplete;
import dev.fairlead.data.connection.ProxyHeader.Own;
import dev.fairlead.support.Property;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String V4 = SIGNATURE + "2111000c" + "c0000201" + "0a000001" + "04d2" + "01bb";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PROXY TCP4 192.0.2.1 10.0.0.1 1234 443            | 192.0.2.1
            PROXY TCP6 2001:db8::1 ::1 1234 443               | 2001:db8::1
            PROXY UNKNOWN                                     | own
            PROXY UNKNOWN ffff::1 ::1 1 2                     | own
            PROXY TCP4 192.0.2.256 10.0.0.1 1234 443          | bad
            PROXY TCP4 2001:db8::1 ::1 1234 443               | bad
            PROXY TCP6 192.0.2.1 10.0.0.1 1234 443            | bad
            PROXY TCP4 192.0.2.1 10.0.0.1 1234 65536          | bad
            PROXY TCP4 192.0.2.1 10.0.0.1 01 443              | bad
            PROXY TCP4 192.0.2.1 10.0.0.1 1234                | bad
            PROXY TCP4 192.0.2.1 10.0.0.1 1234 443 x          | bad
            PROXY TCP4  192.0.2.1 10.0.0.1 1234 443           | bad
            PROXY UDP4 192.0.2.1 10.0.0.1 1234 443            | bad
            PROXY tcp4 192.0.2.1 10.0.0.1 1234 443            | bad
            PROXY                                             | absent
            PROXy TCP4 192.0.2.1 10.0.0.1 1234 443            | absent
            PRI * HTTP/2.0                                    | absent
            POST / HTTP/1.1                                   | absent
            """)
    void aLineOfText(String line, String expected) {
        assertThat(told((line + "\r\nrest").getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2111000cc00002010a00000104d201bb, 192.0.2.1",
        "2111000fc00002010a00000104d201bb040000, 192.0.2.1",
        "2121002420010db80000000000000000000000010000000000000000000000000000000104d201bb, 2001:db8::1",
        "2121002400000000000000000000ffffc000020100000000000000000000000000000001 04d201bb, 192.0.2.1",
        "20000000, own",
        "2011000cc00002010a00000104d201bb, own",
        "21000000, own",
        "21000003aabbcc, own",
        "2111000bc00002010a00000104d201, bad",
        "2121000cc00002010a00000104d201bb, bad",
        "2112000cc00002010a00000104d201bb, bad",
        "2211000cc00002010a00000104d201bb, bad",
        "1111000cc00002010a00000104d201bb, bad",
        "2111ffff, bad"
    })
    void sixteenBytesAndMore(String behind, String expected) {
        byte[] header = HexFormat.of().parseHex(SIGNATURE + behind.replace(" ", ""));
        assertThat(told(header)).isEqualTo(expected);
        assertThat(told(Arrays.copyOf(header, header.length + 5))).isEqualTo(expected);
    }

    @Test
    void aHeaderThatHasNotComeWholeIsWaitedFor() {
        for (byte[] whole : new byte[][] {
            "PROXY TCP4 192.0.2.1 10.0.0.1 1234 443\r\n".getBytes(StandardCharsets.US_ASCII),
            HexFormat.of().parseHex(V4)
        }) {
            for (int i = 0; i < whole.length; i++) {
                assertThat(told(Arrays.copyOf(whole, i))).isEqualTo("incomplete");
            }
            assertThat(told(whole)).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void aLineWithoutAnEndIsNotWaitedForLong() {
        assertThat(told(("PROXY " + "x".repeat(100)).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("incomplete");
        assertThat(told(("PROXY " + "x".repeat(101)).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("bad");
    }

    @Test
    void garbageIsAnyOfThisAndNeverAFault() {
        byte[] text = "PROXY TCP4 192.0.2.1 10.0.0.1 1234 443\r\nPOST / HTTP/1.1".getBytes(StandardCharsets.US_ASCII);
        byte[] binary = HexFormat.of().parseHex(V4 + "504f5354");
        Property.holds(5_000, any -> {
            byte[] bytes = any.bool() ? text.clone() : binary.clone();
            int changes = any.between(0, 4);
            for (int i = 0; i < changes; i++) bytes[any.between(0, bytes.length - 1)] = any.anyByte();
            byte[] some = Arrays.copyOf(bytes, any.between(0, bytes.length));
            assertThat(told(some)).isNotEmpty();
        });
    }

    private static String told(byte[] bytes) {
        var in = Unpooled.wrappedBuffer(bytes);
        String told = switch (ProxyHeader.of(in)) {
            case Found(var client, var length) -> length <= bytes.length ? client.text() : "too long";
            case Own(var length) -> length <= bytes.length ? "own" : "too long";
            case Incomplete _ -> "incomplete";
            case Absent _ -> "absent";
            case Bad _ -> "bad";
        };
        assertThat(in.readerIndex()).isZero();
        return told;
    }
}
