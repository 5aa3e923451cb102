package dev.fairlead.data.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What the next Fleet means for nodes that are spared.
class EjectionsTest {
    private static final NodeId A = Fleets.id("a");

    private final ScriptedNodes nodes = new ScriptedNodes(Fleets.of("a", "b"));

    @Test
    void aNodeThatHealthFindsReadyAgainIsReadmitted() {
        eject();

        nodes.publish(new Fleets().node("a", Fleets.unreachable()).node("b", Fleets.ready(100)));
        assertThat(nodes.traffic.ejected(A)).isPresent();
        nodes.publish(Fleets.of("a", "b"));

        assertThat(nodes.traffic.ejected(A)).isEmpty();
        assertThat(nodes.events.lines).containsExactly("ejected a for 1000 ms", "readmitted a");
    }

    @Test
    void newsOfAnotherChainChangeNothing() {
        eject();

        nodes.board.publish(withAnother(nodes.board.now()));

        assertThat(nodes.traffic.ejected(A)).isPresent();
    }

    @Test
    void aNodeThatLeftTheFleetIsForgotten() {
        eject();

        nodes.publish(Fleets.of("b"));

        assertThat(nodes.traffic.ejected(A)).isEmpty();
    }

    @Test
    void aNodeThatLeftWithItsChainIsForgotten() {
        eject();

        nodes.board.publish(new Fleet(2, Map.of()));

        assertThat(nodes.traffic.ejected(A)).isEmpty();
    }

    @Test
    void aNodeThatLeftWhileACallWasAtItIsForgottenSoonAfter() {
        nodes.script("a", ScriptedNodes.HANGS).script("b", ScriptedNodes.HANGS);
        nodes.call("eth_call", "[{}]");
        NodeId asked = Fleets.id(nodes.asked.getFirst());
        nodes.publish(Fleets.of("c"));
        assertThat(nodes.traffic.inFlight(asked)).isOne();

        nodes.pass(Duration.ofSeconds(60));
        eject(asked);
        nodes.publish(Fleets.of("c").reference(101));

        assertThat(nodes.traffic.ejected(asked)).isEmpty();
    }

    private void eject() {
        eject(A);
    }

    private void eject(NodeId id) {
        nodes.ejections.failed(nodes.traffic.node(id), "connection refused", nodes.traffic.now());
        assertThat(nodes.traffic.ejected(id)).isPresent();
    }

    private static Fleet withAnother(Fleet fleet) {
        ChainState chain = Fleets.of("x").chain();
        var chains = new TreeMap<>(fleet.chains());
        chains.put("other", new ChainState(chain.chain(), 2, chain.reference(), List.of(), chain.groups(), null));
        return new Fleet(2, chains);
    }
}
