package dev.fairlead.core.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.reply.Outcome.Unanswered;
import dev.fairlead.support.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node that says more than it was asked: nothing of it reaches another call, whatever ids the clients use.
@ExtendWith(Leaks.class)
class LateReplyTest {
    private static final String REPLY = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"%s\"}";

    private final Rig rig = new Rig();
    private volatile String idOfFirst = "";

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5000, 200_000, 1_000_000})
    void aSecondReplyToTheCallBeforeIsNoAnswer(int size) throws Exception {
        String first = RawNode.http(200, REPLY.formatted("first"));
        String again = RawNode.http(200, REPLY.formatted("f".repeat(size)));
        try (var node = new RawNode(line -> {
            if (line.number() == 1) answer(line, first);
            else line.send(again.replace(RawNode.ID, idOfFirst));
        })) {
            assertThat(rig.ask(node.url(), "1").text()).contains("first");

            assertThat(rig.ask(node.url(), "1").outcome()).isEqualTo(new Unanswered("answered another call's id"));
            Await.until("its connection is closed", () -> rig.connections().open() == 0);
        }
    }

    @Test
    void anErrorForTheCallBeforeIsNoAnswerEither() throws Exception {
        String error =
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":{\"code\":3,\"message\":\"execution reverted\"}}";
        try (var node = new RawNode(line -> {
            if (line.number() == 1) answer(line, RawNode.http(200, REPLY));
            else line.reply(error.replace(RawNode.ID, idOfFirst));
        })) {
            rig.ask(node.url(), "1");

            assertThat(rig.ask(node.url(), "1").outcome()).isEqualTo(new Unanswered("answered another call's id"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "H"})
    void whatComesUnaskedEndsTheConnection(String stray) throws Exception {
        try (var node = new RawNode(line -> line.send(RawNode.http(200, REPLY) + stray))) {
            assertThat(rig.ask(node.url()).text()).contains("result");

            Await.until("the connection is closed", () -> rig.connections().open() == 0);
        }
    }

    /// A node answers twice, the second time under what would be the next id if ids were counted.
    @ParameterizedTest
    @ValueSource(longs = {1, -1, 2, 16, 256, 1 << 15, 1 << 16})
    void aReplyToACallThatIsYetToComeIsNoAnswerToIt(long step) throws Exception {
        String first = RawNode.http(200, REPLY.formatted("own"));
        try (var node = new RawNode(line -> {
            if (line.number() == 1) {
                answer(line, first);
                return;
            }
            String guess = Long.toString(Long.parseLong(idOfFirst) + step);
            line.send(RawNode.http(200, REPLY.formatted("forged")).replace(RawNode.ID, guess));
        })) {
            rig.ask(node.url(), "1");

            assertThat(rig.ask(node.url(), "1").text()).doesNotContain("forged");
        }
    }

    @Test
    void aReplyToAnIdleConnectionEndsIt() throws Exception {
        try (var node = new RawNode(line -> line.reply(REPLY.formatted("own")))) {
            rig.ask(node.url(), "1");
            assertThat(rig.connections().open()).isEqualTo(1);

            node.sockets()
                    .getFirst()
                    .getOutputStream()
                    .write(RawNode.http(200, REPLY).getBytes(UTF_8));

            Await.until("the connection is closed", () -> rig.connections().open() == 0);
            assertThat(rig.ask(node.url(), "1").text()).contains("own");
        }
    }

    private void answer(RawNode.Line line, String reply) throws Exception {
        idOfFirst = line.heard().id();
        line.send(reply);
    }
}
