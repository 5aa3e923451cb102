package dev.fairlead.data.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node.Mode;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.data.server.Gateway;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static final Verdict READY = new Verdict.Ready(Gateway.head(), Lag.ZERO);
    private static final Verdict DOWN = new Verdict.Unreachable("connection refused", Instant.EPOCH);

    @Test
    void oneNodeThatCanServeIsEnough() {
        Fleet fleet = fleet(Gateway.chain("a", 1, node("n1", DOWN)), Gateway.chain("b", 2, Gateway.ready("b", "n2")));

        Readiness readiness = Readiness.of(fleet, false);

        assertThat(readiness.ready()).isTrue();
        assertThat(json(readiness))
                .isEqualTo("{\"ready\":true,\"chains\":{\"a\":{\"ready\":false,\"because\":\"n1 unreachable"
                        + " (connection refused, since 1970-01-01T00:00:00Z)\"},\"b\":{\"ready\":true}}}\n");
    }

    @Test
    void aReadyNodeThatIsCordonedCannotServe() {
        Fleet fleet = fleet(Gateway.chain("a", 1, Gateway.state("a", "n1", READY, Mode.CORDONED)));

        Readiness readiness = Readiness.of(fleet, false);

        assertThat(readiness.ready()).isFalse();
        assertThat(json(readiness)).contains("no chain has a node that can serve", "n1 cordoned");
    }

    @Test
    void nothingIsReadyWhileStopping() {
        Readiness readiness = Readiness.of(Gateway.fleet("mainnet"), true);

        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.because()).isEqualTo("shutting down");
        assertThat(readiness.narrowedTo("mainnet", true))
                .extracting(Readiness::ready)
                .isEqualTo(false);
    }

    @Test
    void noChainIsNotReady() {
        assertThat(Readiness.of(Fleet.EMPTY, false).because()).isEqualTo("no chain is declared");
        assertThat(Readiness.of(Fleet.EMPTY, false).ready()).isFalse();
    }

    @Test
    void oneChainCanBeAskedAbout() {
        Fleet fleet = fleet(Gateway.chain("a", 1), Gateway.chain("b", 2, Gateway.ready("b", "n2")));

        Readiness readiness = Readiness.of(fleet, false);

        assertThat(readiness.narrowedTo("a", false))
                .extracting(Readiness::ready)
                .isEqualTo(false);
        assertThat(readiness.narrowedTo("b", false))
                .extracting(Readiness::ready)
                .isEqualTo(true);
        assertThat(readiness.narrowedTo("c", false)).isNull();
    }

    @Test
    void reasonsAreBounded() {
        NodeState[] nodes =
                IntStream.range(0, 100).mapToObj(i -> node("n" + i, DOWN)).toArray(NodeState[]::new);

        assertThat(json(Readiness.of(fleet(Gateway.chain("a", 1, nodes)), false)))
                .contains("n7 unreachable", "and 92 more")
                .doesNotContain("n8 ");
    }

    private static NodeState node(String name, Verdict verdict) {
        return Gateway.state("a", name, verdict, Mode.SERVING);
    }

    private static Fleet fleet(ChainState... chains) {
        Map<String, ChainState> states = new LinkedHashMap<>();
        for (ChainState chain : chains) states.put(chain.chain().name(), chain);
        return new Fleet(1, states);
    }

    private static String json(Readiness readiness) {
        return new String(readiness.json(), StandardCharsets.UTF_8);
    }
}
