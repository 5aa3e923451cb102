package dev.fairlead.data.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.Lab;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What the next Fleet means for nodes that are spared.
class EjectionsTest {
    private static final NodeId A = Fleets.id("a");

    private final Lab lab = new Lab(Fleets.of("a", "b"));

    @Test
    void aNodeThatHealthFindsReadyAgainIsReadmitted() {
        eject();

        lab.publish(new Fleets().node("a", Fleets.unreachable()).node("b", Fleets.ready(100)));
        assertThat(lab.traffic.ejected(A)).isPresent();
        lab.publish(Fleets.of("a", "b"));

        assertThat(lab.traffic.ejected(A)).isEmpty();
        assertThat(lab.told.lines).containsExactly("ejected a for 1000 ms", "readmitted a");
    }

    @Test
    void newsOfAnotherChainChangeNothing() {
        eject();

        lab.board.publish(withAnother(lab.board.now()));

        assertThat(lab.traffic.ejected(A)).isPresent();
    }

    @Test
    void aNodeThatLeftTheFleetIsForgotten() {
        eject();

        lab.publish(Fleets.of("b"));

        assertThat(lab.traffic.ejected(A)).isEmpty();
    }

    @Test
    void aNodeThatLeftWithItsChainIsForgotten() {
        eject();

        lab.board.publish(new Fleet(2, Map.of()));

        assertThat(lab.traffic.ejected(A)).isEmpty();
    }

    @Test
    void aNodeThatLeftWhileACallWasAtItIsForgottenSoonAfter() {
        lab.script("a", Lab.HANGS).script("b", Lab.HANGS);
        lab.call("eth_call", "[{}]");
        NodeId asked = Fleets.id(lab.asked.getFirst());
        lab.publish(Fleets.of("c"));
        assertThat(lab.traffic.inFlight(asked)).isOne();

        lab.pass(Duration.ofSeconds(60));
        eject(asked);
        lab.publish(Fleets.of("c").reference(101));

        assertThat(lab.traffic.ejected(asked)).isEmpty();
    }

    private void eject() {
        eject(A);
    }

    private void eject(NodeId id) {
        lab.ejections.failed(lab.traffic.node(id), "connection refused", lab.traffic.now());
        assertThat(lab.traffic.ejected(id)).isPresent();
    }

    private static Fleet withAnother(Fleet fleet) {
        ChainState chain = Fleets.of("x").chain();
        var chains = new TreeMap<>(fleet.chains());
        chains.put("other", new ChainState(chain.chain(), 2, chain.reference(), List.of(), chain.groups(), null));
        return new Fleet(2, chains);
    }
}
