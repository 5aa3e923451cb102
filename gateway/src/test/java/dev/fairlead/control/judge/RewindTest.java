package dev.fairlead.control.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Head;
import dev.fairlead.support.Property;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A whole chain that goes back by many blocks, each node a moment after the other, and goes on from there, with other
/// blocks or the same again. Those that go first may be taken for a fork until others have gone too; none of the
/// others is called forked for what it showed before it went, once it was heard again.
class RewindTest {
    @Test
    void aChainThatGoesBackLocksNobodyOut() {
        Property.holds(
                150,
                any -> aChainThatGoesBackLocksNobodyOut(
                        any.between(2, 4), any.oneOf(Pace.values()), any.between(50, 600), any.bool(), any.anyLong()));
    }

    private void aChainThatGoesBackLocksNobodyOut(int count, Pace pace, int depth, boolean same, long seed) {
        var random = new Random(seed);
        var line = pace.line();
        var time = new Timeline(pace.blockTime, pace.start(), seed);
        var nodes = new Followers(time, "n", random).add(count, line);
        live(time, nodes, 20_000, nodes.indexes());

        long back = line.heightAt(time.now()) - depth;
        var other = line.fork(back + 1, same ? "a" : "b").later(pace.blockTime.multipliedBy(depth));
        for (ScriptedNode node : nodes.nodes()) {
            live(time, nodes, random.nextInt(2_000 / count), List.of());
            node.on(other).at(other.heightAt(time.now()));
        }
        var last = nodes.indexes().stream().filter(index -> index * 2 >= count).toList();
        live(time, nodes, 2_500, List.of());
        live(time, nodes, 8_000, last);
        live(time, nodes, pace.blockTime.multipliedBy(5).plusSeconds(25).toMillis(), nodes.indexes());

        nodes.assertAll("ready");
        Head head = time.state().reference().head();
        assertThat(head).isNotNull().satisfies(at -> assertThat(at.hash()).isEqualTo(other.hash(at.number())));
    }

    private static void live(Timeline time, Followers nodes, long millis, List<Integer> steady) {
        for (Instant end = time.now().plusMillis(millis); time.now().isBefore(end); ) {
            nodes.advance();
            time.step();
            for (int index : steady) {
                assertThat(nodes.word(index)).as(time::told).isNotEqualTo("forked");
            }
        }
    }
}
