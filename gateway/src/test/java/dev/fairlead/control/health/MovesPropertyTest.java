package dev.fairlead.control.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// A whole chain that moves to another branch, node by node, and is looked at by a gateway that may be started anew
/// meanwhile: nobody is locked out in the end, and somebody serves all the time.
class MovesPropertyTest {
    private static final long TOP = 10_000;

    enum Leads {
        NOBODY,
        THE_FIRST_TO_MOVE,
        THE_LAST_TO_MOVE
    }

    enum Pace {
        QUARTER(Duration.ofMillis(250)),
        SECOND(Duration.ofSeconds(1)),
        TWELVE(Duration.ofSeconds(12));

        final Duration blockTime;

        Pace(Duration blockTime) {
            this.blockTime = blockTime;
        }
    }

    @Property(tries = 300)
    void aChainThatChangesBranchesLocksNobodyOut(
            @ForAll @IntRange(min = 1, max = 4) int count,
            @ForAll Leads leads,
            @ForAll Pace pace,
            @ForAll boolean sparse,
            @ForAll @IntRange(min = 0, max = 60) int between,
            @ForAll boolean restarts,
            @ForAll long seed) {
        var random = new Random(seed);
        var line = Line.from(Rehearsal.GENESIS).every(pace.blockTime);
        Instant start = Rehearsal.GENESIS.plus(pace.blockTime.multipliedBy(TOP));
        if (sparse) for (long height = TOP - 40; height < TOP + 2000; height += 3) line = line.without(height);
        var other = line.fork(TOP - random.nextInt(30), "b");
        var leaders = leads == Leads.NOBODY
                ? new String[0]
                : new String[] {leads == Leads.THE_FIRST_TO_MOVE ? "n0" : "n" + (count - 1)};
        var time = new Timeline(pace.blockTime, start, seed, leaders);
        var nodes = new ArrayList<ScriptedNode>();
        for (int i = 0; i < count; i++) {
            nodes.add(new ScriptedNode(line, TOP));
            time.with("n" + i, nodes.get(i));
        }

        run(time, nodes, random, 20);
        for (ScriptedNode node : nodes) {
            run(time, nodes, random, between);
            node.on(other);
        }
        if (restarts) time.restart();
        Duration settle = pace.blockTime.multipliedBy(5).plusSeconds(25);
        run(time, nodes, random, settle.toSeconds());

        for (int i = 0; i < count; i++) {
            assertThat(time.word("n" + i)).as(time::told).isEqualTo("ready");
        }
        Head head = time.state().reference().head();
        assertThat(head).isNotNull().satisfies(at -> assertThat(at.hash()).isEqualTo(other.hash(at.number())));
    }

    private static void run(Timeline time, List<ScriptedNode> nodes, Random random, long seconds) {
        for (long step = 0; step < seconds * 4; step++) {
            for (ScriptedNode node : nodes) {
                long top = node.line().heightAt(time.now()) - random.nextInt(2);
                while (node.line().isSkipped(top)) top--;
                node.at(Math.max(node.head(), top));
            }
            time.step();
            if (!time.isStarted()) continue;
            boolean served = false;
            for (int i = 0; i < nodes.size(); i++) served |= time.word("n" + i).equals("ready");
            assertThat(served).as(time::told).isTrue();
        }
    }
}
