package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChainConstantsTest {
    @Test
    void theIdOfTheChainNeedsNoNode() {
        var nodes = new ScriptedNodes(new Fleets().id(11155111));

        assertThat(nodes.call("eth_chainId", "[]").text()).isEqualTo("\"0xaa36a7\"");
        assertThat(nodes.asked).isEmpty();
    }

    @Test
    void netVersionIsWhatTheNodesSayAndNotTheIdOfTheChain() {
        var nodes = new ScriptedNodes(new Fleets().id(61).network("1"));

        assertThat(nodes.call("net_version", "[]").text()).isEqualTo("\"1\"");
        assertThat(nodes.call("eth_chainId", "[]").text()).isEqualTo("\"0x3d\"");
        assertThat(nodes.asked).isEmpty();
    }

    @Test
    void netVersionIsAskedOfANodeUntilItIsKnown() {
        var nodes = new ScriptedNodes(Fleets.of("a").id(61)).says("a", "\"1\"");

        assertThat(nodes.call("net_version", "[]").text()).isEqualTo("\"1\"");
    }

    @Test
    void anIdThatIsNotKnownYetIsAskedOfANode() {
        var nodes = new ScriptedNodes(Fleets.of("a").id(0)).says("a", "\"0x1\"");

        assertThat(nodes.call("eth_chainId", "[]").text()).isEqualTo("\"0x1\"");
    }
}
