package dev.fairlead.core.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.net.Transport;
import dev.fairlead.core.upstream.Leaks;
import dev.fairlead.core.upstream.RawNode;
import dev.fairlead.core.upstream.Rig;
import dev.fairlead.core.upstream.Rig.Got;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(Leaks.class)
class ReplyTest {
    private static final String CANONICAL = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"0x1\"}";

    private Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aReplyIsRelayedByteForByteOverEveryTransport(Transport transport) throws Exception {
        try (var node = RawNode.saying(
                        " {\"id\" : 7777777777, \"result\":{\"b\":1,\"a\":[1.0e400]} ,\"jsonrpc\":\"2.0\"}\n");
                var other = new Rig(transport)) {
            Got got = other.ask(node.url());

            assertThat(got.text())
                    .isEqualTo(" {\"id\" : 7777777777, \"result\":{\"b\":1,\"a\":[1.0e400]} ,\"jsonrpc\":\"2.0\"}\n");
            assertThat(got.value()).startsWith("{\"b\":1");
            assertThat(got.length()).isEqualTo(got.text().length());
        }
    }

    @Test
    void theRequestIsWrittenFromTheClientsOwnBytes() throws Exception {
        try (var node = RawNode.saying(CANONICAL)) {
            rig.ask(node.url() + "/v3/some%2Fkey?a=b&c");

            assertThat(node.heard().getFirst().body())
                    .matches("\\{\"jsonrpc\":\"2.0\",\"id\":[12]\\d{9},\"method\":\"eth_call\",\"params\":\\[1]}");
            assertThat(node.heard().getFirst().head())
                    .startsWith("POST /v3/some%2Fkey?a=b&c HTTP/1.1\r\nhost: 127.0.0.1:" + node.port() + "\r\n")
                    .contains("content-type: application/json\r\n", "user-agent: fairlead\r\n");
        }
    }

    @Test
    void aReplyThatArrivesByteByByteIsTheSame() throws Exception {
        try (var node = new RawNode(line -> {
            String said = RawNode.http(200, CANONICAL)
                    .replace(RawNode.ID, line.heard().id());
            for (byte b : said.getBytes(UTF_8)) line.send(new byte[] {b});
        })) {
            assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
        }
    }

    @Test
    void aReplyMayBeSplitAnywhere() throws Exception {
        String whole = RawNode.http(200, CANONICAL);
        try (var node = new RawNode(line -> {
            int at = line.number() % whole.length();
            String said = whole.replace(RawNode.ID, line.heard().id());
            line.send(said.substring(0, at));
            line.send(said.substring(at));
        })) {
            for (int i = 0; i < whole.length(); i++)
                assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
            assertThat(node.accepted()).isEqualTo(1);
        }
    }

    @Test
    void chunkedRepliesAreRelayedWithoutTheirChunks() throws Exception {
        try (var node = new RawNode(line -> line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\n" + CANONICAL.substring(0, 3) + "\r\n"
                + Integer.toHexString(CANONICAL.length() - 3) + ";x=y\r\n" + CANONICAL.substring(3) + "\r\n"
                + "0\r\nTrailer: z\r\n\r\n"))) {
            assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
            assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
            assertThat(node.accepted()).isEqualTo(1);
        }
    }

    @Test
    void aReplyUntilCloseIsUnderstood() throws Exception {
        try (var node = new RawNode(line -> {
            line.send("HTTP/1.0 200 OK\r\n\r\n" + CANONICAL);
            line.socket().close();
        })) {
            assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
        }
    }

    @Test
    void interimResponsesAreSkipped() throws Exception {
        try (var node =
                new RawNode(line -> line.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                        + RawNode.http(200, CANONICAL)))) {
            assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
            assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
        }
    }
}
