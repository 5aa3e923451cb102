package dev.fairlead.core.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    [ "0xAbC" , true ]                          | ["0xabc",true]
                    [ ]                                         | []
                    { }                                         | {}
                    [{"to":"0xAA","data":"0xF"}]                | [{"data":"0xf","to":"0xaa"}]
                    [{ "b" : [ 1 , 2.50 ] , "a" : null }]       | [{"a":null,"b":[1,2.50]}]
                    ["\\u0030xA\\u0042"]                        | ["0xab"]
                    ["A \\u00e9\\/\\n"]                         | ["A é/\\u000a"]
                    ["0X1F", "0xfg", "latEst", "0x", "0", ""]   | ["0X1F","0xfg","latEst","0x","0",""]
                    -1.5e3                                      | -1.5e3
                    """)
    void oneWayOfWriting(String json, String canonical) {
        assertThat(canonical(json)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"to\":1,\"to\":1}]",
                "[{\"to\":1,\"TO\":1}]",
                "[{\"to\":1,\"t\\u006f\":1}]",
                "[{\"\":1}]",
            })
    void whatNodesMayReadInDifferentWaysHasNone(String json) {
        assertThat(canonical(json)).isNull();
    }

    @Test
    void whatIsTooDeepHasNone() {
        int deepest = CanonicalJson.DEEPEST;

        assertThat(canonical("[".repeat(deepest) + "]".repeat(deepest))).isNotNull();
        assertThat(canonical("[".repeat(deepest + 2) + "]".repeat(deepest + 2))).isNull();
    }

    @Test
    void namesThatDifferStayApart() {
        assertThat(canonical("{\"To\":1}")).isNotEqualTo(canonical("{\"to\":1}"));
    }

    private static @Nullable String canonical(String json) {
        Slice canonical = CanonicalJson.of(Slice.of(json));
        return canonical == null ? null : canonical.text();
    }
}
