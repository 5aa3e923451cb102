package dev.fairlead.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.reply.Outcome.Unanswered;
import dev.fairlead.core.upstream.Leaks;
import dev.fairlead.core.upstream.RawNode;
import dev.fairlead.core.upstream.Rig;
import dev.fairlead.core.upstream.Rig.Got;
import dev.fairlead.core.upstream.UpstreamConfig;
import dev.fairlead.support.Await;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A large reply that is broken, or breaks off, is never told as a good one.
@ExtendWith(Leaks.class)
class BrokenLargeReplyTest extends LargeReplies {
    /// Sent with its length, and in chunks; broken where it is held still, and where it streams.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":{\"a\":\"$\"]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"} {}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"}x",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\",]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\" \"b\"]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\",01]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\",nul]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":{\"a\":\"$\",\"b\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"\\x$\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\\x\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\\u12g4\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\n\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\u0001$\"}",
                "{\"result\":[\"$\"},\"jsonrpc\":\"2.0\",\"id\":7777777777}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[[\"$\"],\"error\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\",\"error\":{\"code\":-32000,\"message\":\"died\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\"],\"result\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\"],\"result\":[1]}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7777777777,\"id\":7777777777}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7777777777,\"x\":[\"$\"}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7777777777,\"x\":\"$\",}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\",\"x\":\"$\"",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\",\"x\":\"$\",\"err\\u006fr\":{\"code\":1}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"x\":\"$\",\"result\":null,\"result\":[\"$\"]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"}          \n          x",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\" }  } "
            })
    void brokenRepliesNeverEndAsGoodOnes(String shape) throws Exception {
        String said = shape.replace("$", MUCH);
        String chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(said.length())
                + "\r\n" + said + "\r\n0\r\n\r\n";
        for (String reply : List.of(RawNode.http(200, said), chunks)) {
            try (var node = new RawNode(line -> line.send(reply))) {
                Got got = rig.ask(node.url());

                if (got.outcome() instanceof Answered) {
                    assertThat(got.cut()).startsWith("reply ");
                    assertThat(got.text().length()).isLessThan(said.length());
                } else {
                    assertThat(got.outcome()).isEqualTo(new Unanswered("reply is broken JSON"));
                }
                Await.until("the connection is closed", () -> rig.connections().open() == 0);
            }
        }
    }

    @Test
    void whatIsBrokenWhileItIsHeldLetsAnotherNodeBeAsked() throws Exception {
        String said =
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"" + "a".repeat(10_000) + "\"},\"" + MUCH + "\"]}";
        try (var node = RawNode.saying(said)) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered("reply is broken JSON"));
        }
    }

    @Test
    void whoeverWaitsForItIsToldThatTheNodeIsAtFault() throws Exception {
        String said = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"" + MUCH + "\"}}";
        var fault = new CompletableFuture<String>();
        try (var node = RawNode.saying(said)) {
            rig.attempt(Rig.node(node.url()), Rig.request("1"), Rig.PATIENCE, outcome -> {
                Reply reply = ((Answered) outcome).reply();
                Reply.Rest rest = Objects.requireNonNull(reply.rest());
                rest.onFault(fault::complete);
                reply.body().release();
                rest.into(new Reply.Sink() {
                    @Override
                    public void part(ByteBuf part) {
                        part.release();
                    }

                    @Override
                    public void end() {
                        fault.complete("ended");
                    }

                    @Override
                    public void cut(String cause) {}
                });
            });

            assertThat(Rig.get(fault)).isEqualTo("reply is broken JSON");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":8} | answered another call's id",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\"} | answered without the call's id",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\" | reply is not whole",
            })
    void whatIsFoundWrongAtTheEndCutsTheReply(String shape, String cause) throws Exception {
        try (var node = RawNode.saying(shape.replace("$", MUCH))) {
            assertThat(rig.ask(node.url()).cut()).isEqualTo(cause);
            rig.ask(node.url());

            assertThat(node.accepted()).isEqualTo(2);
        }
    }

    @Test
    void anotherCallsReplyIsNotEvenBegun() throws Exception {
        try (var node = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":\"" + MUCH + "\"}")) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered("answered another call's id"));
        }
    }

    @Test
    void aReplyThatBreaksOffIsCut() throws Exception {
        String said = RawNode.http(200, "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"}");
        int head = said.indexOf("{");
        try (var node = new RawNode(line -> {
            line.send(said.substring(0, head + 600_000));
            line.socket().close();
        })) {
            assertThat(rig.ask(node.url()).cut()).isEqualTo("reply broke off after 600000 bytes");
        }
    }

    @Test
    void aReplyThatGrowsBeyondTheBoundIsCut() throws Exception {
        rig.config(new UpstreamConfig(
                Duration.ofSeconds(2), Duration.ofSeconds(50), Duration.ofSeconds(15), 64, 256 * 1024, 500_000));
        try (var node = new RawNode(line -> line.send(
                "HTTP/1.0 200 OK\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"}"))) {
            assertThat(rig.ask(node.url()).cut()).isEqualTo("reply of more than 500000 bytes");
        }
    }

    @Test
    void aBodyTooLargeToBeHeldIsJudgedByItsStatus() throws Exception {
        String said = "{\"data\":\"" + "y".repeat(5_000_000) + "\"}";
        try (var node = new RawNode(line -> line.send(RawNode.http(429, said)))) {
            assertThat(rig.ask(node.url()).outcome()).isInstanceOf(Outcome.Declined.class);
        }
    }
}
