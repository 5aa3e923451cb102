package dev.fairlead.control.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Head;
import dev.fairlead.support.Property;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A whole chain that moves to another branch, node by node, and is looked at by a gateway that may be started anew
/// meanwhile: nobody is locked out in the end, and somebody serves all the time.
class MovesPropertyTest {
    private static final long TOP = Pace.TOP;

    enum LeaderMoves {
        NOBODY,
        THE_FIRST_TO_MOVE,
        THE_LAST_TO_MOVE
    }

    @Test
    void aChainThatChangesBranchesLocksNobodyOut() {
        Property.holds(
                300,
                any -> aChainThatChangesBranchesLocksNobodyOut(
                        any.between(1, 4),
                        any.oneOf(LeaderMoves.values()),
                        any.oneOf(Pace.values()),
                        any.bool(),
                        any.between(0, 60),
                        any.bool(),
                        any.anyLong()));
    }

    private void aChainThatChangesBranchesLocksNobodyOut(
            int count, LeaderMoves leads, Pace pace, boolean sparse, int between, boolean restarts, long seed) {
        var random = new Random(seed);
        var line = pace.line();
        if (sparse) for (long height = TOP - 40; height < TOP + 2000; height += 3) line = line.without(height);
        var other = line.fork(TOP - random.nextInt(30), "b");
        var leaders = leads == LeaderMoves.NOBODY
                ? new String[0]
                : new String[] {leads == LeaderMoves.THE_FIRST_TO_MOVE ? "n0" : "n" + (count - 1)};
        var time = new Timeline(pace.blockTime, pace.start(), seed, leaders);
        var nodes = new Followers(time, "n", random).add(count, line);

        run(time, nodes, 20);
        for (ScriptedNode node : nodes.nodes()) {
            run(time, nodes, between);
            node.on(other);
        }
        if (restarts) time.restart();
        Duration settle = pace.blockTime.multipliedBy(5).plusSeconds(25);
        run(time, nodes, settle.toSeconds());

        nodes.assertAll("ready");
        Head head = time.state().reference().head();
        assertThat(head).isNotNull().satisfies(at -> assertThat(at.hash()).isEqualTo(other.hash(at.number())));
    }

    private static void run(Timeline time, Followers nodes, long seconds) {
        for (long step = 0; step < seconds * 4; step++) {
            nodes.advance();
            time.step();
            if (!time.isStarted()) continue;
            assertThat(nodes.anyReady()).as(time::told).isTrue();
        }
    }
}
