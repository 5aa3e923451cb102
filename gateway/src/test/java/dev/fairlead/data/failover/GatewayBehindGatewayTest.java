package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.eth.NodeErrors;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Uncertain;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.GroupRoutes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A node may be another gateway of this kind: what that one refuses is never taken for a verdict on the call.
class GatewayBehindGatewayTest {
    private static final String CALL = "[{\"to\":\"0x1\"},\"latest\"]";

    static List<Arguments> misfortunes() {
        var all = new ArrayList<Arguments>();
        for (Refused refused : List.of(
                Refusals.noNode("main", group(), 0),
                Refusals.unanswered("main", objections(), List.of(), true, Duration.ZERO),
                Refusals.unanswered("main", Objections.NONE, List.of(), true, Duration.ZERO),
                Refusals.unanswered("main", Objections.NONE, List.of(), false, Duration.ZERO),
                Refusals.full(),
                Refusals.leaderSpent(),
                Refusals.leftAlone(Duration.ofSeconds(2)),
                Uncertain.ofHash(null, ""),
                Uncertain.ofHash(null, "error -32000: bad gateway"),
                Uncertain.ofHash("0x" + "1".repeat(64), ""),
                Refusals.noSuchChain("main"),
                new Refused(Refusal.SHUTTING_DOWN, "The gateway is shutting down"),
                new Refused(Refusal.INTERNAL, "An unexpected fault; the gateway's log tells more of call 1"),
                new Refused(Refusal.LOOP, "This gateway has asked itself"))) {
            for (String method :
                    List.of("eth_call", "eth_gasPrice", "eth_getLogs", "eth_sendRawTransaction", "debug_traceCall"))
                all.add(Arguments.of(method, refused));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("misfortunes")
    void itsMisfortuneIsNotTheCallers(String method, Refused refused) {
        assertThat(complaint(method, refused).declines()).as(refused.toString()).isTrue();
    }

    @Test
    void itsOutageIsAnOutageHereToo() {
        for (Refused inner : List.of(
                Refusals.noNode("main", group(), 0),
                Refusals.unanswered("main", Objections.NONE, List.of(), true, Duration.ZERO),
                Refusals.full())) {
            for (String method : List.of("eth_call", "eth_gasPrice", "eth_getLogs")) {
                var nodes = new ScriptedNodes(Fleets.of("a", "b"));
                for (String node : "a b".split(" ")) nodes.script(node, _ -> declined(method, inner));

                ClientCall asked = nodes.call(method, CALL);
                nodes.pass(Duration.ofSeconds(21));

                Refused told = (Refused) asked.answer();
                assertThat(told.why().httpStatus()).as(method + " " + inner).isEqualTo(503);
                assertThat(told.retryAfter()).isPositive();
            }
        }
    }

    private static Outcome declined(String method, Refused refused) {
        RpcError error = error(refused);
        return new Outcome.Declined(
                complaint(method, refused),
                refused.why().httpStatus(),
                error,
                Proof.NONE,
                Duration.ZERO,
                error.message());
    }

    private static ErrorMeaning complaint(String method, Refused refused) {
        return NodeErrors.complaint(MethodTable.of(method), refused.why().httpStatus(), error(refused), "");
    }

    private static RpcError error(Refused refused) {
        return new RpcError(refused.why().code(), refused.detail());
    }

    private static GroupRoutes group() {
        var traffic = new Traffic(() -> 0);
        return new ChainRoutes(new Fleets().node("a", Fleets.forked()).chain(), traffic).groupOf("eth_call");
    }

    private static Objections objections() {
        return Objections.NONE.with(
                Fleets.id("a"), ScriptedNodes.declined(ErrorMeaning.UNAUTHORIZED, -32000, "bad key"));
    }
}
