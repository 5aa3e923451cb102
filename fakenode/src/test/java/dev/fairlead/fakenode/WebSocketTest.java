package dev.fairlead.fakenode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.fakenode.Behaviour.ConnectionClose;
import dev.fairlead.fakenode.Behaviour.Delay;
import dev.fairlead.fakenode.Behaviour.ErrorReply;
import dev.fairlead.fakenode.Behaviour.Hang;
import dev.fairlead.fakenode.Behaviour.HugeResult;
import dev.fairlead.fakenode.Behaviour.Reset;
import dev.fairlead.fakenode.Behaviour.Result;
import dev.fairlead.fakenode.Received.Transport;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketTest {
    private final FakeChain chain = FakeChain.of(5);
    private final FakeNode node = FakeNode.start(chain);
    private final HttpClient http = HttpClient.newHttpClient();
    private Ear ear = new Ear();
    private WebSocket socket;

    /// Collects whole messages, and the end of the connection as one more.
    private static final class Ear implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                heard.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket from, java.nio.ByteBuffer payload) {
            heard.add("pong");
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            heard.add("closed " + code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable cause) {
            heard.add("broken");
        }

        String next() throws InterruptedException {
            String message = heard.poll(30, TimeUnit.SECONDS);
            assertThat(message).as("a message within 30 seconds").isNotNull();
            return message;
        }
    }

    @BeforeEach
    void connect() {
        chain.mine(10);
        socket = http.newWebSocketBuilder().buildAsync(node.wsUrl(), ear).join();
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        node.close();
    }

    private void send(String method, String params) {
        socket.sendText("{\"id\":1,\"method\":\"" + method + "\",\"params\":[" + params + "]}", true)
                .join();
    }

    private String ask(String method, String params) throws InterruptedException {
        send(method, params);
        return ear.next();
    }

    private String subscribe() throws InterruptedException {
        String reply = ask("eth_subscribe", "\"newHeads\"");
        return reply.substring(reply.indexOf("\"0x") + 1, reply.lastIndexOf('"'));
    }

    @Test
    void callsAndBatchesAreAnswered() throws Exception {
        assertThat(ask("eth_chainId", "")).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x5\"}");

        socket.sendText("[{\"id\":1,\"method\":\"eth_chainId\"}]", true).join();

        assertThat(ear.next()).isEqualTo("[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x5\"}]");
        assertThat(node.calls().getFirst().transport()).isEqualTo(Transport.WEB_SOCKET);
        assertThat(node.sockets()).isEqualTo(1);
    }

    @Test
    void pingIsAnswered() throws Exception {
        socket.sendPing(java.nio.ByteBuffer.wrap(new byte[] {1})).join();

        assertThat(ear.next()).isEqualTo("pong");
    }

    @Test
    void newHeadsComeInOrderUntilUnsubscribed() throws Exception {
        String id = subscribe();
        chain.mine(2);

        assertThat(ear.next()).contains(id, "\"number\":\"0xb\"", "eth_subscription");
        assertThat(ear.next()).contains("\"number\":\"0xc\"", chain.head().hash());

        assertThat(ask("eth_unsubscribe", '"' + id + '"')).contains("\"result\":true");
        assertThat(node.subscriptions()).isZero();
        chain.mine();
        assertThat(ask("eth_unsubscribe", '"' + id + '"')).contains("\"result\":false");
    }

    @Test
    void laggingNodeAnnouncesOnlyWhatItSees() throws Exception {
        node.lagBehind(2);
        subscribe();

        chain.mine();
        assertThat(ear.next()).contains("\"number\":\"0x9\"");

        node.follow();
        assertThat(ear.next()).contains("\"number\":\"0xa\"");
        assertThat(ear.next()).contains("\"number\":\"0xb\"");
    }

    @Test
    void reorganisationAnnouncesTheNewBranch() throws Exception {
        subscribe();
        FakeChain fork = chain.fork(9, "other");
        fork.mine(3);

        node.follows(fork);

        assertThat(ear.next())
                .contains("\"number\":\"0x9\"", fork.block(9).orElseThrow().hash());
        assertThat(ear.next()).contains("\"number\":\"0xa\"");
        assertThat(ear.next()).contains("\"number\":\"0xb\"");
        chain.mine(5);
        fork.mine();
        assertThat(ear.next()).contains("\"number\":\"0xc\"", fork.head().hash());
    }

    @Test
    void mutedNodeAnswersButAnnouncesNothing() throws Exception {
        subscribe();
        node.muteHeads();
        chain.mine();
        assertThat(ask("eth_blockNumber", "")).contains("0xb");

        node.unmuteHeads();
        chain.mine();
        assertThat(ear.next()).contains("\"number\":\"0xc\"");
    }

    @Test
    void anythingMayBePushedAndTransactionsAre() throws Exception {
        ask("eth_subscribe", "\"logs\",{}");
        ask("eth_subscribe", "\"newPendingTransactions\"");

        node.push("logs", "{\"data\":1}");
        assertThat(ear.next()).contains("\"result\":{\"data\":1}");

        send("eth_sendRawTransaction", "\"0x01\"");
        String hash = Hex.data(Keccak.hash(new byte[] {1}));
        assertThat(ear.next()).contains("\"id\":1", hash);
        assertThat(ear.next()).contains("eth_subscription", hash);
    }

    @Test
    void behavioursApplyToo() throws Exception {
        node.next(1, new Hang());
        node.next(1, new ErrorReply(-1, "no"));
        node.next(1, new Result("7"));
        send("eth_chainId", "");

        assertThat(ask("eth_chainId", "")).contains("\"error\"");
        assertThat(ask("eth_chainId", "")).contains("\"result\":7");
    }

    @Test
    void delayedAnswerIsOvertaken() throws Exception {
        node.next(1, new Delay(Duration.ofSeconds(2)).and(new Result("1")));
        send("eth_chainId", "");

        assertThat(ask("eth_chainId", "")).contains("0x5");
        assertThat(ear.next()).contains("\"result\":1");
    }

    @Test
    void hugeResultComesAsOneMessage() throws Exception {
        node.always(new HugeResult(1_000_000));

        assertThat(ask("eth_chainId", ""))
                .hasSize(1_000_000 + "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"\"}".length());
    }

    @Test
    void connectionCloseSaysFarewell() throws Exception {
        node.always(new ConnectionClose());

        assertThat(ask("eth_chainId", "")).contains("0x5");
        assertThat(ear.next()).isEqualTo("closed 1000");
    }

    @Test
    void resetAndDroppedSocketsEndWithoutFarewell() throws Exception {
        node.next(1, new Reset());
        // The reset may come before the JDK's client has noticed that all is sent, and then sending fails too.
        var _ = socket.sendText("{\"id\":1,\"method\":\"eth_chainId\"}", true);
        assertThat(ear.next()).isIn("closed 1006", "broken");

        ear = new Ear();
        socket = http.newWebSocketBuilder().buildAsync(node.wsUrl(), ear).join();
        subscribe();
        node.dropSockets();

        // The JDK's client reports an end without close frame as code 1006.
        assertThat(ear.next()).isIn("closed 1006", "broken");
        assertThat(node.sockets()).isZero();
    }

    @Test
    void subscribingOverHttpIsRefused() throws Exception {
        try (var client = new Client(node)) {
            assertThat(client.call("eth_subscribe", "\"newHeads\"")).contains("notifications not supported");
        }
    }
}
