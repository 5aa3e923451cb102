package dev.fairlead.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.upstream.Leaks;
import dev.fairlead.core.upstream.RawNode;
import dev.fairlead.core.upstream.Rig;
import dev.fairlead.core.upstream.Rig.Got;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A large reply is relayed as the node wrote it, with its length and the client's id.
@ExtendWith(Leaks.class)
class LargeReplyTest extends LargeReplies {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7777777777}",
                "{\"id\":7777777777,\"jsonrpc\":\"2.0\",\"result\":{\"a\":\"$\",\"error\":null}} \n",
                "{\"id\":7777777777,\"jsonrpc\":\"2.0\",\"result\":[{\"a\":\"$\",\"id\":8}]}"
            })
    void legalRepliesAreRelayedByteForByteWithTheirLength(String shape) throws Exception {
        String said = shape.replace("$", MUCH);
        try (var node = RawNode.saying(said)) {
            for (int i = 0; i < 3; i++) {
                Got got = rig.ask(node.url());

                assertThat(got.text()).isEqualTo(said);
                assertThat(got.length()).isEqualTo(said.length());
                assertThat(got.value()).startsWith(said.substring(said.indexOf("result") + 8, said.indexOf("zz")));
            }
            assertThat(node.accepted()).isEqualTo(1);
        }
    }

    /// On its way to the client each part takes far more memory than its bytes.
    @Test
    void chunksOfOneByteAreCopiedTogether() throws Exception {
        int tiny = 200_000;
        String chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk("{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH)
                + chunk("z").repeat(tiny) + chunk("\"}") + "0\r\n\r\n";
        var parts = new AtomicInteger();
        var bytes = new AtomicInteger();
        var ending = new CompletableFuture<String>();
        try (var node = new RawNode(line -> line.send(chunks))) {
            rig.attempt(Rig.node(node.url()), Rig.request(RawNode.ID), Rig.PATIENCE, outcome -> {
                Reply reply = ((Answered) outcome).reply();
                bytes.addAndGet(reply.body().readableBytes());
                reply.body().release();
                Objects.requireNonNull(reply.rest()).into(new Reply.Sink() {
                    @Override
                    public void part(ByteBuf part) {
                        parts.incrementAndGet();
                        bytes.addAndGet(part.readableBytes());
                        part.release();
                    }

                    @Override
                    public void end() {
                        ending.complete("ended");
                    }

                    @Override
                    public void cut(String cause) {
                        ending.complete(cause);
                    }
                });
            });

            assertThat(Rig.get(ending)).isEqualTo("ended");
            assertThat(bytes.get()).isGreaterThan(MUCH.length() + tiny);
            assertThat(parts.get()).isLessThan(tiny / 10);
        }
    }

    @Test
    void theLengthIsKeptWhenANullErrorIsTakenOut() throws Exception {
        String said = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\",\"error\":null}";
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url());

            assertThat(got.text()).isEqualTo(said.replace(",\"error\":null}", "}") + " ".repeat(13));
            assertThat(got.length()).isEqualTo(got.text().length());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"} | {\"jsonrpc\":\"2.0\",\"id\":@,\"result\":\"$\"}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7777777777} | {\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":@}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\",\"id\":7777777777} | {\"jsonrpc\":\"2.0\",\"id\":@,\"result\":\"$\"}",
                "{\"result\":\"$\",\"error\" : null , \"id\": 7777777777, \"jsonrpc\":\"2.0\" }  | {\"jsonrpc\":\"2.0\",\"id\":@,\"result\":\"$\"}",
            })
    void theClientsIdIsPutBack(String shape, String expected) throws Exception {
        try (var node = RawNode.saying(shape.replace("$", MUCH))) {
            for (String id : List.of("1", "1.50", "\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\"", "1234567890")) {
                Got got = rig.ask(node.url(), id);

                assertThat(got.text().stripTrailing())
                        .isEqualTo(expected.replace("$", MUCH).replace("@", id));
                assertThat(got.value()).startsWith("\"zz");
                assertThat(got.length()).isIn(-1L, (long) got.text().length());
            }
        }
    }

    /// Whatever stands before, between and behind its members, in every framing, the value comes out whole and the
    /// client's id is the only one.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{@J,@I,@R}@W",
                "{@R,@J,@I}@W",
                "@W{@J,@I,@R}",
                "@W{@J,@R,@I}@W",
                "{@W@J@W,@W@I@W,@W@R@W}",
                "{@J,@W@R@W,@W@I@W}@W",
                "{@J,@R,@I,@X}",
                "{@J,@R,@X,@I}",
                "{@J,@I,@R,@X}",
                "{@R,@I,@X}@W",
                "{@R,@X,@I,@J}",
                "{@X,@I,@R}",
                "{@X,@J,@I,@R,@W@X}",
                "{@X,@R,@I}",
                "{@J,@I,@X,@R}",
                "{@J,@X,@R,@X,@I,@X}@W",
                "@W{@X,@J,@R,@E,@I}@W",
                "{@J,@E,@X,@I,@R}",
                "{@J,@I,@R,@X,@E}@W",
                "{@J,@R,@X,@E,@I,@X}"
            })
    void membersMayStandInAnyOrderAndBeOfAnySize(String shape) throws Exception {
        for (int size : new int[] {1, 300, 5_000, 300_000}) {
            for (String value : List.of("\"" + "z".repeat(400_000) + "\"", "[1,{\"id\":2,\"a\":\"}\"}]", "12")) {
                String said = shape.replace("@J", "\"jsonrpc\":\"2.0\"")
                        .replace("@I", "\"id\": 7777777777")
                        .replace("@R", "\"result\":" + value)
                        .replace("@E", "\"error\":null")
                        .replace("@X", "\"x" + size + "\":[\"" + "y".repeat(size) + "\",{\"id\":1}]")
                        .replace("@W", " \n".repeat(size / 2 + 1));
                if (said.length() < 270_000) continue;
                for (boolean chunked : new boolean[] {false, true}) {
                    try (var node = new RawNode(line -> {
                        String named = said.replace(RawNode.ID, line.heard().id());
                        line.send(chunked ? chunked(named, 997) : RawNode.http(200, named));
                    })) {
                        for (String id : List.of("1", "\"6f9619ff-8b86-d011-b42d\"")) {
                            Got got = rig.ask(node.url(), id);

                            assertThat(got.outcome()).isInstanceOf(Answered.class);
                            assertThat(got.cut()).isNull();
                            assertThat(got.length()).isIn(-1L, (long) got.text().length());
                            assertThat(got.value()).startsWith(value);
                            JsonNode read = JSON.readTree(got.text());
                            assertThat(read.get("id").toString()).isEqualTo(id);
                            assertThat(read.get("result")).isEqualTo(JSON.readTree(value));
                            assertThat(read.has("error")).isFalse();
                        }
                    }
                }
            }
        }
    }

    @Test
    void chunksOfAnySizeMakeTheSameReply() throws Exception {
        String said = "{\"jsonrpc\":\"2.0\",\"result\":\"" + MUCH + "\",\"id\":7777777777}";
        try (var node = new RawNode(line -> {
            line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            var chunks = new StringBuilder();
            for (int from = 0, size = 1; from < said.length(); from += size, size = size % 700 + 1) {
                String chunk = said.substring(from, Math.min(said.length(), from + size));
                chunks.append(Integer.toHexString(chunk.length()))
                        .append("\r\n")
                        .append(chunk)
                        .append("\r\n");
            }
            line.send(chunks.append("0\r\n\r\n").toString());
        })) {
            Got got = rig.ask(node.url());

            assertThat(got.text()).isEqualTo(said);
            assertThat(got.length()).isEqualTo(-1);
        }
    }
}
