package dev.fairlead.data.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.access.IpAddress;
import dev.fairlead.data.access.IpRange;
import dev.fairlead.support.Property;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedForTest {
    private static final IpAddress PROXY = Objects.requireNonNull(IpAddress.parse("10.0.0.1"));
    private static final List<IpRange> TRUSTED =
            List.of(Objects.requireNonNull(IpRange.parse("10.0.0.0/8")), Objects.requireNonNull(IpRange.parse("::1")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            legacy                                   | standard                                           | client
            192.0.2.1                                |                                                    | 192.0.2.1
            203.0.113.9, 192.0.2.1                   |                                                    | 192.0.2.1
            203.0.113.9, 192.0.2.1, 10.0.0.7, ::1    |                                                    | 192.0.2.1
            10.0.0.9, 10.0.0.7                       |                                                    | 10.0.0.9
            192.0.2.1, garbage                       |                                                    | 10.0.0.1
            192.0.2.1, garbage, 10.0.0.7             |                                                    | 10.0.0.7
            192.0.2.1,, 10.0.0.7,                    |                                                    | 192.0.2.1
            ,                                        |                                                    | 10.0.0.1
            [2001:db8::5]:443                        |                                                    | 2001:db8::5
                                                     | for=192.0.2.1                                      | 192.0.2.1
                                                     | For="192.0.2.1:80"; proto=http                     | 192.0.2.1
                                                     | by=10.0.0.2;for="[2001:db8::5]:1";host=x           | 2001:db8::5
                                                     | for=203.0.113.9, for=192.0.2.1;by=x, for=10.0.0.7  | 192.0.2.1
                                                     | for=unknown                                        | 10.0.0.1
                                                     | for=192.0.2.1, for=_hidden, for=10.0.0.7           | 10.0.0.7
                                                     | for="192.0.2.9, for=192.0.2.1                      | 192.0.2.1
                                                     | for=192.0.2.1;for=192.0.2.2                        | 10.0.0.1
                                                     | x="a;for=192.0.2.9";for=192.0.2.1                  | 192.0.2.1
                                                     | proto=http                                         | 10.0.0.1
            192.0.2.1                                | for=192.0.2.1                                      | 192.0.2.1
            192.0.2.1                                | for=192.0.2.2                                      | 10.0.0.1
            """, useHeadersInDisplayName = true)
    void theRightmostAddressThatIsNotOursIsTheClient(
            @Nullable String legacy, @Nullable String standard, String client) {
        assertThat(new ForwardedFor(legacy, standard).client(PROXY, TRUSTED)).hasToString(client);
    }

    @Test
    void severalLinesAreOneListAndOnlyItsEndIsKept() {
        var headers = new DefaultHttpHeaders();
        headers.add("X-Forwarded-For", "192.0.2.1, ".repeat(5000) + "10.0.0.3");
        headers.add("X-Forwarded-For", "192.0.2.77, 10.0.0.4");
        ForwardedFor forwarded = Objects.requireNonNull(ForwardedFor.of(headers));

        assertThat(forwarded.client(PROXY, TRUSTED)).hasToString("192.0.2.77");
        assertThat(Objects.requireNonNull(forwarded.legacy()).length()).isLessThanOrEqualTo(1024);
    }

    @Test
    void whateverClientsSayTheLastWordIsTheProxys() {
        Property.holds(2_000, any -> {
            var said = new StringBuilder();
            int length = any.between(0, 60);
            for (int i = 0; i < length; i++)
                said.append(any.oneOf(List.of(",", ";", "\"", "=", "for=", "1", ".", ":", "[", "]", " ", "\\")));

            assertThat(new ForwardedFor(said + ", 192.0.2.1", null).client(PROXY, TRUSTED))
                    .hasToString("192.0.2.1");
            assertThat(new ForwardedFor(null, said + ", for=192.0.2.1").client(PROXY, TRUSTED))
                    .hasToString("192.0.2.1");
        });
    }
}
