package dev.fairlead.data.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.telemetry.CacheMetrics.Counts;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Known;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheGateTest {
    private static final long HEAP = 1L << 30;
    private static final String HASH = "0x" + "ab".repeat(32);
    private static final String BLOCK = "{\"hash\":\"" + HASH + "\",\"number\":\"0x5\"}";
    private static final String BALANCE =
            "[\"0x00000000000000000000000000000000000000aa\",{\"blockHash\":\"" + HASH + "\"}]";

    private final AnswerCache cache = new AnswerCache(CacheConfig.DEFAULT, HEAP);
    private final CacheGate gate = new CacheGate(cache);
    private final List<String> asked = new ArrayList<>();

    @Test
    void aNodeIsAskedOnce() {
        assertThat(call("eth_getBalance", BALANCE, served("\"0x7\""))).isEqualTo("\"0x7\" of a node");

        assertThat(call("eth_getBalance", BALANCE)).isEqualTo("\"0x7\" kept");
        assertThat(call("eth_getBalance", BALANCE.replace("ab", "AB").replace(",", " , ")))
                .isEqualTo("\"0x7\" kept");
        assertThat(asked).hasSize(1);
        assertThat(cache.counts()).containsExactly(new Counts("main", "eth_getBalance", 2, 1));
    }

    @Test
    void otherParamsMethodsAndChainsAreOtherCalls() {
        call("eth_getBalance", BALANCE, served("\"0x7\""));

        call("eth_getTransactionCount", BALANCE, served("\"0x1\""));
        call("eth_getBalance", BALANCE.replace("aa", "a1"), served("\"0x2\""));
        call("other", "eth_getBalance", BALANCE, served("\"0x3\""));

        assertThat(asked).hasSize(4);
        assertThat(call("eth_getBalance", BALANCE)).isEqualTo("\"0x7\" kept");
        assertThat(call("other", "eth_getBalance", BALANCE, served(""))).isEqualTo("\"0x3\" kept");
    }

    @Test
    void whatStandsBehindTheResultIsNotPartOfIt() {
        String params = "[\"" + HASH + "\",false]";
        call("eth_getBlockByHash", params, reply(BLOCK + ",\"more\":[1]}"));

        assertThat(call("eth_getBlockByHash", params)).isEqualTo(BLOCK + " kept");
    }

    @Test
    void whatMayChangeIsNotKept() {
        for (Answer answer : List.of(
                served("null"),
                served("{\"hash\":\"" + HASH + "\",\"l1BatchNumber\":null}"),
                served("{\"hash\":\"0x01\"}"),
                new Served(new Reply(buffer("{}"), 0, new RpcError(-32000, "header not found", Slice.NONE), -1, null)),
                new Answer.Objected(new RpcError(-32000, "header not found", Slice.NONE)),
                new Refused(Refusal.DEADLINE, "late"))) {
            call("eth_getBlockByHash", "[\"" + HASH + "\",false]", answer);
        }

        assertThat(asked).hasSize(6);
        assertThat(cache.size().answers()).isZero();
    }

    @Test
    void aReplyThatIsStillOnItsWayIsNotKept() {
        Reply.Rest rest = new Reply.Rest() {
            @Override
            public void into(Reply.Sink sink) {}

            @Override
            public void pause() {}

            @Override
            public void resume() {}

            @Override
            public void abort() {}
        };
        String head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":";
        call("eth_getBalance", BALANCE, new Served(new Reply(buffer(head + "\"0x7\""), head.length(), null, -1, rest)));

        assertThat(cache.size().answers()).isZero();
    }

    @Test
    void callsAboutTheHeadPass() {
        for (int i = 0; i < 2; i++) call("eth_getBalance", "[\"0x01\",\"latest\"]", served("\"0x7\""));

        assertThat(asked).hasSize(2);
        assertThat(cache.counts()).isEmpty();
    }

    @Test
    void largeParamsAndResultsAreNotKept() {
        String much = "0x" + "00".repeat(AnswerKey.LARGEST_PARAMS / 2);
        call("eth_call", "[{\"data\":\"" + much + "\"},{\"blockHash\":\"" + HASH + "\"}]", served("\"0x\""));
        call(
                "eth_call",
                "[{},{\"blockHash\":\"" + HASH + "\"}]",
                served("\"" + "0".repeat(AnswerCache.LARGEST) + "\""));

        assertThat(cache.size().answers()).isZero();
    }

    @Test
    void whatIsHeldIsBounded() {
        cache.resize(new CacheConfig(10_000));

        for (int i = 0; i < 200; i++) {
            call("eth_getBalance", BALANCE.replace("aa\"", "%04x\"".formatted(i)), served("\"0x7\""));
        }

        assertThat(cache.size().bytes()).isBetween(5_000L, 10_000L);
        assertThat(cache.size().evicted()).isGreaterThan(150);
        assertThat(new AnswerCache(new CacheConfig(HEAP), HEAP).size().most()).isEqualTo(HEAP / 8);
    }

    @Test
    void withoutMemoryNothingIsKept() {
        cache.resize(new CacheConfig(0));

        for (int i = 0; i < 2; i++) call("eth_getBalance", BALANCE, served("\"0x7\""));

        assertThat(asked).hasSize(2);
        assertThat(cache.counts()).isEmpty();
    }

    private String call(String method, String params) {
        return call(method, params, new Refused(Refusal.INTERNAL, "a node was asked"));
    }

    private String call(String method, String params, Answer ofNode) {
        return call("main", method, params, ofNode);
    }

    /// @return the result, and whose it is
    private String call(String chain, String method, String params, Answer ofNode) {
        var client = new Client(
                Tenant.PUBLIC, null, "127.0.0.1", new Peer("127.0.0.1", 1), null, null, ErrorPolicy.NONE, null);
        var call = new Call(1, chain, Request.of(method, params), client, new EmbeddedChannel().eventLoop(), 0, 0);
        var said = new ArrayList<Answer>();
        gate.take(
                call,
                (passed, back) -> {
                    asked.add(passed.method().name());
                    back.accept(ofNode);
                },
                said::add);
        assertThat(said).hasSize(1);
        return switch (said.getFirst()) {
            case Known(var result) -> result + " kept";
            case Served(var reply) -> {
                String text = reply.body().toString(StandardCharsets.UTF_8).substring(reply.valueAt());
                yield text.substring(0, Math.max(0, text.length() - 1)) + " of a node";
            }
            case Answer other -> other.toString();
        };
    }

    private static Answer served(String result) {
        return reply(result + "}");
    }

    private static Answer reply(String resultAndMore) {
        String head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":";
        return new Served(new Reply(buffer(head + resultAndMore), head.length(), null, -1, null));
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
