package dev.fairlead.core.allow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.allow.OriginPattern.Parsed.Good;
import dev.fairlead.core.allow.OriginPattern.Parsed.NeverMatches;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPatternTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pattern                     | origin                            | fits
            https://app.example.org     | https://app.example.org           | true
            https://APP.example.org     | HTTPS://app.EXAMPLE.org           | true
            https://app.example.org:443 | https://app.example.org           | true
            https://app.example.org     | https://app.example.org:443       | true
            http://app.example.org      | http://app.example.org:80         | true
            http://app.example.org      | http://app.example.org:443        | false
            https://app.example.org     | http://app.example.org            | false
            https://app.example.org     | https://app.example.org:8443      | false
            https://app.example.org     | https://app.example.org.evil.test | false
            https://*.example.org       | https://a.example.org             | true
            https://*.example.org       | https://a.b.example.org           | true
            https://*.example.org       | https://example.org               | false
            https://*.example.org       | https://evil.test/.example.org    | false
            https://*.example.org       | https://evil.test?.example.org    | false
            https://*.example.org       | https://evil.test:1.example.org   | false
            https://*.example.org       | https://u@a.example.org           | false
            https://*.example.org       | https://a.example.org:8443        | false
            https://*.example.org:443   | https://a.example.org             | true
            https://*.example.org       | https://evil.test%00.example.org  | false
            https://*.example.org       | https://.example.org              | false
            https://*.example.org       | https://a..example.org            | false
            https://*.example.org       | https://x*.example.org            | false
            https://*.example.org       | https://a,b.example.org           | false
            https://*.example.org       | https://a_b.example.org           | false
            https://a_b.example.org     | https://a_b.example.org           | true
            https://*                   | https://                          | false
            https://*                   | https://evil%00.test              | false
            https://*                   | https://[::1]                     | true
            *.example.org               | http://a.example.org              | true
            *.example.org               | https://a.example.org             | true
            *://example.org             | http://example.org                | true
            http://localhost:*          | http://localhost                  | true
            http://localhost:*          | http://localhost:3000             | true
            http://localhost:*          | https://localhost:3000            | false
            http://localhost:3000       | http://localhost:3000             | true
            http://[::1]:3000           | http://[0:0:0:0:0:0:0:1]:3000     | true
            chrome-extension://*        | chrome-extension://abcdef         | true
            moz-extension://abc-def     | moz-extension://abc-def           | true
            file://                     | file://                           | true
            *                           | https://anything.test             | true
            *                           | null                              | true
            null                        | null                              | true
            https://*                   | null                              | false
            null                        | https://null                      | false
            https://*                   |                                   | false
            *                           |                                   | false
            https://*                   | example.org                       | false
            """, useHeadersInDisplayName = true)
    void spellingsOfOneOriginAreTheSame(String pattern, @Nullable String origin, boolean fits) {
        var good = (Good) OriginPattern.parse(pattern);

        assertThat(OriginPattern.match(List.of(good.pattern()), origin)).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "https://example.org/",
                "https://example.org/app",
                "https://example.org?a",
                "https://u:p@example.org",
                "https://",
                "https://:443",
                "https://example.org:0",
                "https://example.org:65536",
                "https://example.org:port",
                "https://example.org:",
                "https://.example.org",
                "https://a..example.org",
                "https://exämple.org",
                "https://a b.example.org",
                "https://[::1",
                "https://[host]",
                "1https://example.org",
                "://example.org",
                ""
            })
    void whatNoBrowserSendsIsToldToTheOperator(String pattern) {
        assertThat(OriginPattern.parse(pattern)).isInstanceOf(NeverMatches.class);
    }
}
