package dev.fairlead.control.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Nodes that were of one mind move to another branch one by one, and some of them stay. As long as no more than half
/// have moved, those that stay serve, and nobody calls one of them forked; in the end those of the fewer are forked,
/// or those that moved where it is a tie. Faster chains, on which nodes leap between two looks, are not held to it yet.
class SplitTest {
    private static final long TOP = 10_000;
    private static final int TRIES = 300;
    private static final List<Duration> PACES = List.of(Duration.ofSeconds(2), Duration.ofSeconds(12));

    @Test
    void theBranchThatWasAgreedOnWinsATieAndLosesToMost() {
        for (long seed = 0; seed < TRIES; seed++) new Split(seed).run();
    }

    private static final class Split {
        private final List<ScriptedNode> nodes = new ArrayList<>();
        private final List<Integer> lags = new ArrayList<>();
        private final List<Integer> stay;
        private final List<Integer> move;
        private final Random random;
        private final Duration blockTime;
        private final Timeline time;
        private final Line line;
        private int moved;
        private String story;

        Split(long seed) {
            random = new Random(seed * 0x9E3779B97F4A7C15L);
            blockTime = PACES.get(random.nextInt(PACES.size()));
            line = Line.from(Rehearsal.GENESIS).every(blockTime);
            time = new Timeline(blockTime, Rehearsal.GENESIS.plus(blockTime.multipliedBy(TOP)), seed);
            int count = random.nextInt(2, 6);
            boolean lagging = random.nextBoolean();
            var all = new ArrayList<Integer>();
            for (int i = 0; i < count; i++) {
                all.add(i);
                nodes.add(new ScriptedNode(line, TOP));
                lags.add(lagging ? random.nextInt(4) : 0);
                time.with("n" + i, nodes.get(i));
            }
            Collections.shuffle(all, random);
            int leaving = random.nextInt(1, count);
            move = all.subList(0, leaving);
            stay = all.subList(leaving, count);
            story = "seed %d: %s stay, %s move, a block every %s, lags %s".formatted(seed, stay, move, blockTime, lags);
        }

        void run() {
            live(20_000);
            Line other = line.fork(split(), "b");
            for (int node : move) {
                long pause = random.nextInt(random.nextBoolean() ? 9_000 : 1_500);
                story += ", %d after %d ms".formatted(node, pause);
                live(pause);
                nodes.get(node).on(other);
                moved++;
            }
            live(blockTime.multipliedBy(5).plusSeconds(25).toMillis());

            boolean most = moved > stay.size();
            assertAll(most ? move : stay, "ready");
            assertAll(most ? stay : move, "forked");
            Head head = time.state().reference().head();
            String right = head == null ? "" : (most ? other : line).hash(head.number());
            assertThat(head)
                    .as(this::told)
                    .isNotNull()
                    .satisfies(at -> assertThat(at.hash()).isEqualTo(right));
        }

        /// Where as many move as stay, or more, or nodes are behind, only a block that everybody had tells which branch
        /// was
        /// agreed on.
        private long split() {
            boolean plain = move.size() < stay.size() && lags.stream().allMatch(lag -> lag == 0);
            long known =
                    plain ? line.heightAt(time.now()) : line.heightAt(time.now().minusSeconds(4)) - 4;
            return known - random.nextInt(12);
        }

        private void live(long millis) {
            for (Instant end = time.now().plusMillis(millis); time.now().isBefore(end); ) {
                for (int i = 0; i < nodes.size(); i++) {
                    long top = line.heightAt(time.now()) - random.nextInt(2) - lags.get(i);
                    nodes.get(i).at(Math.max(nodes.get(i).head(), top));
                }
                time.step();
                if (moved > 0 && moved * 2 <= nodes.size()) assertAll(stay, "ready");
            }
        }

        private void assertAll(List<Integer> of, String word) {
            for (int node : of) {
                assertThat(time.word("n" + node)).as(this::told).isEqualTo(word);
            }
        }

        private String told() {
            return story + "\n" + time.told();
        }
    }
}
