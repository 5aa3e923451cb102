package dev.fairlead.core.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.NodeRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestWriterTest {
    private @Nullable String past;
    private final RequestWriter requestWriter =
            new RequestWriter("POST / HTTP/1.1\r\ncontent-length: ".getBytes(UTF_8), new MethodNameBytes());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "eth_call | [{\"to\":\"0x1\"},\"latest\"] | \"eth_call\" | [{\"to\":\"0x1\"},\"latest\"]",
                "net_version | `` | \"net_version\" | []",
                "a\"b\\c | [] | \"a\\\"b\\\\c\" | []",
                "h\u00e9 | [] | \"h\u00e9\" | []",
                "`` | {} | \"\" | {}",
            })
    void theRequestIsWholeAndSaysItsLength(String method, String params, String name, String sent) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1000000007,\"method\":" + name + ",\"params\":" + sent + "}";

        assertThat(text(method, params)).isEqualTo(http(body));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 128, 129, 800, 900, 940, 950, 960, 970, 980, 990, 1000, 1024, 1100, 5000, 100_000})
    void namesAndParamsMayBeOfAnyLength(int size) {
        String x = "x".repeat(size);
        String longName = "{\"jsonrpc\":\"2.0\",\"id\":1000000007,\"method\":\"" + x + "\",\"params\":[]}";
        String longParams = "{\"jsonrpc\":\"2.0\",\"id\":1000000007,\"method\":\"m\",\"params\":[\"" + x + "\"]}";
        String both = "{\"jsonrpc\":\"2.0\",\"id\":1000000007,\"method\":\"" + x + "\",\"params\":[\"" + x + "\"]}";

        assertThat(text(x, "[]")).isEqualTo(http(longName));
        assertThat(text("m", "[\"" + x + "\"]")).isEqualTo(http(longParams));
        assertThat(text(x, "[\"" + x + "\"]")).isEqualTo(http(both));
    }

    @Test
    void nothingOfOneRequestIsLeftInTheNext() {
        text("a_long_name", "[\"and long params\"]");

        assertThat(text("b", "[]"))
                .isEqualTo(http("{\"jsonrpc\":\"2.0\",\"id\":1000000007,\"method\":\"b\",\"params\":[]}"));
    }

    @Test
    void theMarksOfOtherGatewaysGoOnAfterTheLength() {
        past = "0123456789abcdef, fedcba9876543210";
        String whole = text("b", "[\"" + "x".repeat(1000) + "\"]");
        past = null;

        assertThat(whole)
                .startsWith("POST / HTTP/1.1\r\ncontent-length: 1060\r\nfairlead-hop: 0123456789abcdef, "
                        + "fedcba9876543210\r\n\r\n{\"jsonrpc\"")
                .endsWith("x\"]}");
        assertThat(text("b", "[]")).doesNotContain("fairlead-hop");
    }

    private String text(String method, String params) {
        var request = new Request(Slice.of("7"), method, Slice.of(params));
        ByteBuf sent =
                requestWriter.request(UnpooledByteBufAllocator.DEFAULT, NodeRequest.of(request, 1_000_000_007, past));
        assertThat(sent.writableBytes()).isZero();
        String text = sent.toString(UTF_8);
        sent.release();
        return text;
    }

    private static String http(String body) {
        return "POST / HTTP/1.1\r\ncontent-length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }
}
