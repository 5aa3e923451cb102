package dev.fairlead.core.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RepliesTest {
    @Test
    void aResultCarriesIdAndResultAsTheyStand() {
        byte[] reply = Replies.result(Slice.of("1.0"), Slice.of("{ \"a\":1e400,\"a\":2 }"));

        assertThat(reply)
                .asString(UTF_8)
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1.0,\"result\":{ \"a\":1e400,\"a\":2 }}");
    }

    @Test
    void anErrorCarriesCodeMessageAndRawData() {
        var error = new RpcError(3, "execution reverted", Slice.of("\"0x08c379a0\""));

        assertThat(Replies.error(Slice.of("\"a\""), error))
                .asString(UTF_8)
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"error\":"
                        + "{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08c379a0\"}}");
    }

    @Test
    void anAbsentIdBecomesNull() {
        assertThat(Replies.error(Slice.NONE, new RpcError(RpcError.PARSE, "x")))
                .asString(UTF_8)
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"x\"}}");
    }

    @Test
    void everyMessageComesBackThroughAStrictParser() {
        String message = "quote \" backslash \\ nul \u0000 line \n del \u007f é € 😀 lone ";

        byte[] reply = Replies.error(Slice.NULL, new RpcError(1, message + "\ud83d"));

        var parsed = JsonMapper.shared().readTree(reply).at("/error/message").stringValue();
        assertThat(parsed).isEqualTo(message + "\ud83d");
        assertThat(reply).asString(UTF_8).contains("\\ud83d").contains("é € 😀");
    }
}
