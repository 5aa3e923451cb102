package dev.fairlead.data.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.rpc.ChainOfPath.Found;
import dev.fairlead.data.rpc.ChainOfPath.None;
import dev.fairlead.data.server.Gateway;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChainOfPathTest {
    private static final Fleet TWO = Gateway.fleet("mainnet", "hoodi");

    @Test
    void theRootIsTheSoleChain() {
        assertThat(ChainOfPath.of(Gateway.fleet("mainnet"), "")).isEqualTo(new Found("mainnet"));
    }

    @Test
    void aChainIsFoundByNameAndByDecimalId() {
        assertThat(ChainOfPath.of(TWO, "hoodi")).isEqualTo(new Found("hoodi"));
        assertThat(ChainOfPath.of(TWO, "11")).isEqualTo(new Found("hoodi"));
        assertThat(ChainOfPath.of(TWO, "1")).isEqualTo(new Found("mainnet"));
    }

    @Test
    void anIdThatTwoChainsHaveIsNeither() {
        var chains = new java.util.LinkedHashMap<String, Fleet.ChainState>();
        for (String name : new String[] {"a", "b"}) chains.put(name, Gateway.chain(name, 31337));
        chains.put("c", Gateway.chain("c", 5));
        var fleet = new Fleet(1, chains);

        assertThat(ChainOfPath.of(fleet, "31337")).isInstanceOfSatisfying(None.class, none -> {
            assertThat(none.refused().why()).isEqualTo(Refusal.NO_SUCH_CHAIN);
            assertThat(none.refused().detail()).contains("/a, /b").doesNotContain("/c");
        });
        assertThat(ChainOfPath.of(fleet, "b")).isEqualTo(new Found("b"));
        assertThat(ChainOfPath.of(fleet, "5")).isEqualTo(new Found("c"));
    }

    @Test
    void theRootOfSeveralChainsNamesTheirPaths() {
        assertThat(ChainOfPath.of(TWO, "")).isInstanceOfSatisfying(None.class, none -> {
            assertThat(none.refused().why()).isEqualTo(Refusal.NO_SUCH_CHAIN);
            assertThat(none.refused().detail()).contains("/mainnet, /hoodi");
        });
    }

    @Test
    void anUnknownChainNamesTheKnownOnesButNotVeryMany() {
        String[] many = IntStream.range(0, 50).mapToObj(i -> "chain-" + i).toArray(String[]::new);

        ChainOfPath choice = ChainOfPath.of(Gateway.fleet(many), "0x1");

        assertThat(choice)
                .isInstanceOfSatisfying(
                        None.class,
                        none -> assertThat(none.refused().detail())
                                .contains("/chain-0, ", "/chain-19 and 30 more")
                                .doesNotContain("chain-20"));
    }

    @Test
    void anIdThatIsNotKnownYetIsNoChain() {
        var fleet = new Fleet(1, java.util.Map.of("new", Gateway.chain("new", 0)));

        assertThat(ChainOfPath.of(fleet, "0")).isInstanceOf(None.class);
    }

    @Test
    void withoutAnyChainItIsToldHowToAddANode() {
        assertThat(ChainOfPath.of(Fleet.EMPTY, "mainnet")).isInstanceOfSatisfying(None.class, none -> {
            assertThat(none.refused().why()).isEqualTo(Refusal.NO_NODE);
            assertThat(none.refused().detail()).contains("fairlead nodes add http://127.0.0.1:8545");
        });
    }
}
