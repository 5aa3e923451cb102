package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.LedChain.NOW;
import static dev.fairlead.control.judge.LedChain.TOP;
import static dev.fairlead.control.judge.LedChain.led;
import static dev.fairlead.control.judge.LedChain.node;
import static dev.fairlead.control.judge.LedChain.words;
import static dev.fairlead.control.judge.Rehearsal.chain;
import static dev.fairlead.control.judge.Rehearsal.quiet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Chains that make no block for a while.
class StalledChainTest {
    private final ScriptedNode leader = node();
    private final ScriptedNode a = node();
    private final ScriptedNode b = node();
    private final ScriptedNode c = node();

    @Test
    void aChainThatStandsStillKeepsServingAndRaisesTheAlarm() {
        var chain = led(leader, a, b);
        chain.round();
        assertThat(chain.state().stalled()).isNull();

        chain.pass(Duration.ofMinutes(30));
        chain.rounds(3);

        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
        assertThat(chain.state().stalled()).isEqualTo(NOW);
    }

    @Test
    void aChainThatMovesAgainIsNoLongerStalled() {
        var chain = led(leader, a, b);
        chain.round();
        chain.pass(Duration.ofMinutes(30));
        chain.rounds(2);

        Stream.of(leader, a, b).forEach(node -> node.at(TOP + 1));
        chain.rounds(2);

        assertThat(chain.state().stalled()).isNull();
        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
    }

    @Test
    void aChainThatStoodStillAlreadyWhenWeCameIsStalledOnceThatWasSeen() {
        var chain = new Rehearsal(chain(1), NOW.plus(Duration.ofHours(1))).with("a", a);

        chain.round();
        Instant atFirst = chain.state().stalled();
        chain.pass(Duration.ofSeconds(121));
        chain.rounds(2);

        assertThat(atFirst).isNull();
        assertThat(chain.state().stalled()).isEqualTo(NOW);
        assertThat(chain.word("a")).isEqualTo("ready");
    }

    @Test
    void aQuietChainNeverStalls() {
        var chain = new Rehearsal(quiet(1), NOW).with("a", a).with("b", b).with("c", c.at(TOP - 1));
        chain.round();
        chain.pass(Duration.ofHours(12));

        chain.rounds(2);

        assertThat(chain.state().stalled()).isNull();
        assertThat(words(chain, "a", "b", "c")).containsExactly("ready", "ready", "lagging");
    }

    @Test
    void aRestedChainThatMovesAgainFindsNobodyLate() {
        var chain = led(leader, a, b);
        chain.round();
        chain.pass(Duration.ofMinutes(30));
        chain.rounds(2);

        leader.at(TOP + 1);
        chain.rounds(3);

        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
    }
}
