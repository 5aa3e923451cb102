package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.FailoverCalls.CALL;
import static dev.fairlead.data.failover.FailoverCalls.LATEST;
import static dev.fairlead.data.failover.Fleets.forked;
import static dev.fairlead.data.failover.Fleets.lagging;
import static dev.fairlead.data.failover.Fleets.ready;
import static dev.fairlead.data.failover.Fleets.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// When no node can serve: short outages are waited out, long ones told, panic and last resort.
class OutageTest {
    @Test
    void aShortTotalOutageFailsNoCall() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", ScriptedNodes.REFUSES)
                .script("b", ScriptedNodes.REFUSES);

        ClientCall asked = nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofMillis(1500));
        nodes.says("b", "\"back\"");
        nodes.pass(Duration.ofMillis(500));

        assertThat(asked.text()).isEqualTo("\"back\"");
    }

    @Test
    void aLongTotalOutageIsRefusedOnceHealthHasSeenIt() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).script("a", ScriptedNodes.REFUSES);
        ClientCall early = nodes.call(CALL, LATEST);

        nodes.publish(new Fleets().node("a", unreachable()).ordered());
        nodes.pass(Duration.ofMillis(400));
        int before = nodes.asked.size();
        ClientCall late = nodes.call(CALL, LATEST);

        assertThat(early.text()).isEqualTo("NO_NODE");
        assertThat(late.text()).isEqualTo("NO_NODE");
        assertThat(nodes.asked).hasSize(before);
    }

    @Test
    void noNodeAtAllIsRefusedAtOnceWithReasonsButNoNames() {
        var nodes = new ScriptedNodes(new Fleets().node("secret-name", forked()));

        ClientCall asked = nodes.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("NO_NODE");
        assertThat(((Answer.Refused) asked.answer()).detail())
                .contains("1 on another branch")
                .doesNotContain("secret-name");
    }

    @Test
    void anUnknownChainIsRefused() {
        var nodes = new ScriptedNodes(Fleets.of("a"));
        nodes.board.publish(dev.fairlead.core.fleet.Fleet.EMPTY);

        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("NO_SUCH_CHAIN");
        assertThat(nodes.events.lines).isEmpty();
    }

    @Test
    void panicNodesAreNotAskedForWhatGoodNodesDecline() {
        var nodes = new ScriptedNodes(new Fleets()
                .node("a", ready(100))
                .node("stale", lagging(50, 50))
                .ordered());
        nodes.script("a", _ -> ScriptedNodes.declined(ErrorMeaning.PRUNED, -32000, "missing trie node"));

        ClientCall asked = nodes.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("-32000 missing trie node");
        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void theLeaderIsUsedWhenTheOwnNodesFailAndNotLonger() {
        var nodes = new ScriptedNodes(
                new Fleets().leader("leader", ready(100)).node("a", ready(100)).ordered());
        nodes.script("a", ScriptedNodes.REFUSES);

        ClientCall first = nodes.call(CALL, LATEST);
        ClientCall second = nodes.call(CALL, LATEST);
        nodes.says("a", "\"back\"");
        nodes.pass(Duration.ofMillis(1001));
        ClientCall third = nodes.call(CALL, LATEST);

        assertThat(first.text()).isEqualTo("\"leader\"");
        assertThat(second.text()).isEqualTo("\"leader\"");
        assertThat(third.text()).isEqualTo("\"back\"");
        assertThat(nodes.events.lines)
                .containsExactly("ejected a for 1000 ms", "last resort true", "last resort false", "readmitted a");
    }

    @Test
    void theLeaderGetsNoMoreThanItsRate() {
        var nodes = new ScriptedNodes(new Fleets().leader("leader", ready(100)).leaderRate(5));

        var texts = IntStream.range(0, 8)
                .mapToObj(_ -> nodes.call(CALL, LATEST).text())
                .toList();
        nodes.pass(Duration.ofSeconds(1));

        assertThat(texts)
                .containsExactly(
                        "\"leader\"",
                        "\"leader\"",
                        "\"leader\"",
                        "\"leader\"",
                        "\"leader\"",
                        "OVERLOADED",
                        "OVERLOADED",
                        "OVERLOADED");
        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"leader\"");
    }

    @Test
    void panicIsToldOnceWhenItBeginsAndOnceWhenItEnds() {
        var nodes = new ScriptedNodes(new Fleets().node("a", lagging(50, 50)));
        nodes.call(CALL, LATEST);
        nodes.call(CALL, LATEST);

        nodes.publish(Fleets.of("a"));
        nodes.call(CALL, LATEST);
        nodes.call(CALL, LATEST);

        assertThat(nodes.events.lines).containsExactly("panic true", "panic false");
    }
}
