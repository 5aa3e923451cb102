package dev.fairlead.core.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeMemberTest {
    @ParameterizedTest
    @CsvSource({
        "jsonrpc, JSONRPC",
        "id, ID",
        "method, METHOD",
        "params, PARAMS",
        "result, RESULT",
        "error, ERROR",
        "i\\u0064, ID",
        "\\u006a\\u0073\\u006f\\u006e\\u0072\\u0070\\u0063, JSONRPC",
        "\\u006a\\u0073\\u006f\\u006e\\u0072\\u0070\\u0063\\u0063, OTHER",
        "ID, OTHER",
        "jsonrpC, OTHER",
        "metho\\n, OTHER",
        "parameters, OTHER",
        "resulx, OTHER",
        "i\u00e9, OTHER",
        "'', OTHER",
    })
    void aNameIsReadWithAndWithoutEscapes(String name, EnvelopeMember member) {
        byte[] json = ("{\"" + name + "\":1}").getBytes(UTF_8);

        EnvelopeMember plain = EnvelopeMember.at(json, 1, json.length);
        EnvelopeMember escaped = EnvelopeMember.escaped(json, 2, json.length - 4);

        assertThat(plain == EnvelopeMember.OTHER ? escaped : plain).isEqualTo(member);
        assertThat(EnvelopeMember.at(json, 1, json.length - 4)).isEqualTo(EnvelopeMember.OTHER);
    }
}
