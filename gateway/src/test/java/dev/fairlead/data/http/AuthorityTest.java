package dev.fairlead.data.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /x                    | a.example       | a.example
                    /x                    | A.Example.:8080 | a.example
                    /x                    | [::1]:80        | [::1]:80
                    http://b.example/x    | a.example       | b.example
                    http://b.example/x    |                 | b.example
                    HTTPS://B.example?x=/ | a.example       | b.example
                    ftp://b.example/x     | a.example       | ''
                    /http://b.example/    | a.example       | a.example
                    *                     | a.example       | a.example
                    /x                    |                 | ''
                    """)
    void theHostOfAWholeUrlWinsOverTheHeader(String uri, @Nullable String header, String host) {
        assertThat(Authority.host(uri, header)).isEqualTo(host);
    }
}
