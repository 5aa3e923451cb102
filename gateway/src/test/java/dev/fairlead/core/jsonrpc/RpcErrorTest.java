package dev.fairlead.core.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcErrorTest {
    @Test
    void dataKeepsItsBytes() {
        var json = Slice.of(" {\"code\":-32000, \"data\": { \"x\":1.0,\"x\":1e400 } ,\"message\":\"no \\u00e9\"} ");

        assertThat(RpcError.read(json)).isEqualTo(new RpcError(-32000, "no é", Slice.of("{ \"x\":1.0,\"x\":1e400 }")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"code\":3}                     | 3",
                "{\"code\":\"-32005\"}            | -32005",
                "{\"code\":-32000.0}              | -32000",
                "{\"code\":-3.2e4}                | -32000",
                "{\"code\":1e999999999}           | 2147483647",
                "{\"code\":\"rate_limited\"}      | -32603",
                "{\"code\":\"\"}                  | -32603",
                "{\"code\":null}                  | -32603",
                "{\"code\":{}}                    | -32603",
                "{\"message\":\"m\"}              | -32603",
                "{}                               | -32603",
            })
    void oddCodesAreReadForWhatWasMeant(String json, int code) {
        assertThat(RpcError.read(Slice.of(json))).extracting(RpcError::code).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"message\":\"a \\\"b\\\"\"}    | a \"b\"",
                "{\"message\":429}                | 429",
                "{\"message\":{\"why\":1}}        | {\"why\":1}",
                "{\"message\":null}               | ``",
                "{\"code\":1}                     | ``",
            })
    void oddMessagesAreReadForWhatWasMeant(String json, String message) {
        assertThat(RpcError.read(Slice.of(json))).extracting(RpcError::message).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "\"rate limited\"", "[]", "1", "{", "{\"code\":1,}", "{\"code\":1"})
    void whatIsNotAnObjectIsNoError(String json) {
        assertThat(RpcError.read(Slice.of(json))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":\"-32000\",\"message\":\"m\"}",
                "{\"code\":1.5,\"message\":\"m\"}",
                "{\"message\":\"m\"}",
                "{\"code\":1}",
                "{\"code\":1,\"message\":2}"
            })
    void whatIsNotLegalIsWrittenAnew(String json) {
        RpcError error = Objects.requireNonNull(RpcError.read(Slice.of(json)));

        assertThat(error.raw()).isEqualTo(Slice.NONE);
        assertThat(new String(Replies.error(error), StandardCharsets.UTF_8))
                .startsWith("{\"code\":" + error.code() + ",\"message\":\"");
    }

    @Test
    void whatIsLegalKeepsItsBytes() {
        String json = "{\"message\":\"\\u003c\", \"code\" : -32000,\"more\":[1.0]}";
        RpcError error = Objects.requireNonNull(RpcError.read(Slice.of(" " + json + " ")));

        assertThat(error).isEqualTo(new RpcError(-32000, "<")).hasSameHashCodeAs(new RpcError(-32000, "<"));
        assertThat(new String(Replies.error(error), StandardCharsets.UTF_8)).isEqualTo(json);
        assertThat(new String(Replies.error(Slice.of("5"), error), StandardCharsets.UTF_8))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":5,\"error\":" + json + "}");
    }
}
