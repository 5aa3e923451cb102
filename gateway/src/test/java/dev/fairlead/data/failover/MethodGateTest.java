package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.Fleets.lagging;
import static dev.fairlead.data.failover.Fleets.ready;
import static dev.fairlead.data.failover.Fleets.unreachable;
import static dev.fairlead.data.failover.Fleets.wrongChain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodGateTest {
    @ParameterizedTest
    @ValueSource(strings = {"eth_subscribe", "eth_unsubscribe"})
    void aSubscriptionByHttpIsRefusedEvenWithOneNode(String method) {
        var nodes = new ScriptedNodes(Fleets.of("a")).says("a", "\"0x1\"");

        Refused refused = refused(nodes.call(method, "[\"newHeads\"]"));

        assertThat(refused.why()).isEqualTo(Refusal.METHOD_NOT_FOUND);
        assertThat(refused.detail()).contains("subscriptions need WebSocket");
        assertThat(nodes.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eth_newFilter",
                "eth_newBlockFilter",
                "eth_newPendingTransactionFilter",
                "eth_getFilterChanges",
                "eth_getFilterLogs",
                "eth_uninstallFilter",
                "eth_getWork"
            })
    void whatOneNodeKeepsIsRefusedWhereAnotherMayServe(String method) {
        for (Fleets fleets : List.of(
                Fleets.of("a", "b"),
                Fleets.of("a").node("ill", unreachable()),
                Fleets.of("a").node("late", lagging(10, 90)),
                Fleets.of("a").node(in("resting", Node.Mode.CORDONED), ready(100)),
                Fleets.of("a").node(in("leaving", Node.Mode.DRAINING), unreachable()),
                Fleets.of("a").leader("leader", ready(100)))) {
            var nodes = new ScriptedNodes(fleets).says("a", "\"0x1\"");

            Refused refused = refused(nodes.call(method, "[{}]"));

            assertThat(refused.why()).isEqualTo(Refusal.METHOD_NOT_FOUND);
            assertThat(refused.detail()).contains(method, "several nodes may serve");
            assertThat(nodes.asked).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            eth_newFilter,                   eth_getLogs
            eth_getFilterLogs,               eth_getLogs
            eth_newBlockFilter,              eth_blockNumber
            eth_newPendingTransactionFilter, ask one node itself
            eth_getFilterChanges,            eth_getBlockByNumber
            eth_uninstallFilter,             eth_getBlockByNumber
            zks_newFilter,                   eth_getLogs
            eth_getWork,                     the miner
            eth_submitWork,                  the miner
            eth_submitHashrate,              the miner
            """)
    void theRefusalSaysWhatToDoInstead(String method, String instead) {
        String detail = refused(new ScriptedNodes(Fleets.of("a", "b")).call(method, "[]"))
                .detail();

        assertThat(detail).contains(instead, "a group of one node");
        if (instead.contains("miner")) assertThat(detail).doesNotContain("eth_getLogs");
    }

    /// ethers goes by the words, viem by any error.
    @Test
    void clientsUnderstandThatTheyMustDoWithout() {
        Refused refused = refused(new ScriptedNodes(Fleets.of("a", "b")).call("eth_newFilter", "[{}]"));

        assertThat(refused.why().code()).isEqualTo(-32601);
        assertThat(refused.detail()).containsPattern("the method .* does not exist");
    }

    @Test
    void whatOneNodeKeepsIsFoundAgainWhereNoOtherMayServe() {
        assertThat(filterOf(Fleets.of("a"))).isEqualTo("\"0x1\"");
        assertThat(filterOf(Fleets.of("a").node("elsewhere", wrongChain()))).isEqualTo("\"0x1\"");
    }

    @Test
    void aGroupOfOneNodeMayHaveFilters() {
        Fleets fleets =
                Fleets.of("a", "b", "c").group("filters", Group.Strategy.ORDERED, List.of("a"), "eth_newFilter");

        assertThat(filterOf(fleets)).isEqualTo("\"0x1\"");
    }

    @Test
    void anyOtherMethodIsPutToTheNodes() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).says("a", "\"0x1\"");

        assertThat(nodes.call("eth_getLogs", "[{}]").text()).isEqualTo("\"0x1\"");
    }

    private static Node in(String name, Node.Mode mode) {
        return Node.of(Fleets.id(name), Endpoint.of("http://" + name)).in(mode);
    }

    private static String filterOf(Fleets fleets) {
        return new ScriptedNodes(fleets)
                .says("a", "\"0x1\"")
                .call("eth_newFilter", "[{}]")
                .text();
    }

    private static Refused refused(ClientCall call) {
        return (Refused) call.answer();
    }
}
