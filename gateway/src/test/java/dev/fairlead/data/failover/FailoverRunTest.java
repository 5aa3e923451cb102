package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever the nodes do.
class FailoverRunTest {
    private static final Duration WITHIN = Duration.ofSeconds(15);

    @Test
    void everyCallGetsExactlyOneAnswerInTimeAndNothingLeaks() {
        Property.holds(600, any -> everyCallGetsExactlyOneAnswerInTimeAndNothingLeaks(methods(any), scripts(any)));
    }

    private void everyCallGetsExactlyOneAnswerInTimeAndNothingLeaks(Request request, List<Integer> script) {
        var nodes = new ScriptedNodes(new Fleets()
                .small("a", 1)
                .small("b", 2)
                .leader("leader", Fleets.ready(100))
                .leaderRate(3));
        var next = script.iterator();
        for (String node : List.of("a", "b", "leader")) {
            nodes.script(node, _ -> play(nodes, next.hasNext() ? next.next() : 0));
        }

        List<ClientCall> calls =
                List.of(nodes.call(request, WITHIN), nodes.call(request, WITHIN), nodes.call(request, WITHIN));
        nodes.pass(WITHIN.plusMillis(50));

        assertThat(calls).allSatisfy(call -> assertThat(call.answers).hasSize(1));
        for (ClientCall call : calls) {
            if (call.answer() instanceof Answer.Served(var reply)) reply.discard();
        }
        nodes.pass(
                nodes.config.attempt().plusMillis(50)); // telling further nodes of a transaction may outlive its call
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
        assertThat(nodes.queued()).isZero();
        assertThat(nodes.events.attempts).hasSameSizeAs(nodes.asked);
        assertThat(nodes.traffic.chain(Fleets.CHAIN).resting()).isZero();
        for (String node : List.of("a", "b", "leader")) {
            assertThat(nodes.traffic.inFlight(Fleets.id(node))).isZero();
            assertThat(nodes.traffic.waiting(Fleets.id(node))).isZero();
            assertThat(nodes.traffic.node(Fleets.id(node)).stuck(Long.MAX_VALUE / 2))
                    .isFalse();
        }
    }

    @Test
    void anAbandonedCallGetsNoAnswerAndLeaksNothing() {
        Property.holds(300, any -> anAbandonedCallGetsNoAnswerAndLeaksNothing(methods(any), scripts(any)));
    }

    private void anAbandonedCallGetsNoAnswerAndLeaksNothing(Request request, List<Integer> script) {
        var nodes = new ScriptedNodes(new Fleets().small("a", 1).small("b", 1));
        var next = script.iterator();
        for (String node : List.of("a", "b")) nodes.script(node, _ -> play(nodes, next.hasNext() ? next.next() : 4));

        List<ClientCall> calls =
                List.of(nodes.call(request, WITHIN), nodes.call(request, WITHIN), nodes.call(request, WITHIN));
        nodes.pass(Duration.ofMillis(300));
        List<Integer> before = calls.stream().map(call -> call.answers.size()).toList();
        calls.forEach(call -> call.call.abandon());
        nodes.pass(WITHIN);

        assertThat(calls.stream().map(call -> call.answers.size())).isEqualTo(before);
        for (ClientCall call : calls) {
            if (!call.answers.isEmpty() && call.answer() instanceof Answer.Served(var reply)) reply.discard();
        }
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
        assertThat(nodes.queued()).isZero();
        assertThat(nodes.traffic.chain(Fleets.CHAIN).resting()).isZero();
        assertThat(nodes.traffic.inFlight(Fleets.id("a"))).isZero();
        assertThat(nodes.traffic.inFlight(Fleets.id("b"))).isZero();
    }

    private static Request methods(Generator any) {
        return any.oneOf(
                Request.of("eth_blockNumber", "[]"),
                Request.of("eth_getBlockByNumber", "[\"latest\",true]"),
                Request.of("eth_getBlockByNumber", "[\"0x70\",true]"),
                Request.of("eth_call", "[{},\"latest\"]"),
                Request.of("debug_traceTransaction", "[\"0x1\"]"),
                Request.of("eth_sign", "[\"0x00\",\"0x00\"]"),
                Request.of("eth_sendTransaction", "[{}]"),
                Request.of("eth_sendRawTransaction", "[\"0x02c20102\"]"));
    }

    private static List<Integer> scripts(Generator any) {
        return any.list(0, 20, () -> any.between(0, 16));
    }

    private static @Nullable Outcome play(ScriptedNodes nodes, int move) {
        return switch (move) {
            case 0 -> nodes.result("\"0x64\"");
            case 1 -> nodes.result("\"0x63\"");
            case 2 -> nodes.result("{\"number\":\"0x65\"}");
            case 3 -> nodes.result("{\"number\":\"0xffff\"}");
            case 4 -> null;
            case 5 -> new Outcome.NotSent("connection refused");
            case 6 -> new Outcome.Unanswered("connection reset");
            case 7 -> nodes.result("null");
            case 8 -> nodes.error(3, "execution reverted");
            case 9 -> nodes.error(-32000, "already known");
            case 10 -> nodes.error(-32000, "nonce too low");
            case 11 -> ScriptedNodes.declined(ErrorMeaning.PRUNED, -32000, "pruned");
            case 12 -> ScriptedNodes.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down");
            case 13 -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32603, "internal error");
            case 14 -> new Outcome.Unanswered(NoAnswerReason.STALE, "connection reset");
            case 15 -> ScriptedNodes.declined(ErrorMeaning.OVERLOADED, -32002, "request timed out");
            default -> new Outcome.Declined(ErrorMeaning.OVERLOADED, 503, null, Proof.NONE, Duration.ZERO, "503");
        };
    }
}
