package dev.fairlead.control.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Nodes that were of one mind move to another branch one by one, and some of them stay. As long as no more than half
/// have moved, those that stay serve, and nobody calls one of them forked; in the end those of the fewer are forked,
/// or those that moved where it is a tie.
///
/// Where nobody saw one of half of the nodes on the old branch above the split before it moved, both branches are as
/// good: one of them wins, and its nodes serve all the time.
///
/// `-Dfairlead.soak=300` tries so many of each kind and tells all faults.
class SplitTest {
    private static final int TRIES = 50;
    private static final int SOAK = Integer.getInteger("fairlead.soak", 0);
    private static final List<Duration> PACES =
            List.of(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(12));

    @Test
    void theBranchThatWasAgreedOnWinsATieAndLosesToMost() {
        if (SOAK > 0) assertThat(soak()).isEmpty();
        for (Duration pace : PACES) {
            for (long seed = 0; seed < TRIES; seed++) {
                new Split(seed, pace, false).run();
                new Split(seed, pace, true).run();
            }
        }
    }

    private static List<String> soak() {
        var faults = new ArrayList<String>();
        for (Duration pace : PACES) {
            faults.addAll(soak(pace, false));
            faults.addAll(soak(pace, true));
        }
        return faults;
    }

    private static List<String> soak(Duration pace, boolean shallow) {
        var faults = new ArrayList<String>();
        for (long seed = 0; seed < SOAK; seed++) {
            var split = new Split(seed, pace, shallow);
            try {
                split.run();
            } catch (AssertionError fault) {
                String words = String.valueOf(fault.getMessage());
                faults.add(words.substring(1, Math.max(1, words.indexOf('\n'))) + split.ending());
            }
        }
        String kind =
                "a block every %s, %s: %d of %d".formatted(pace, shallow ? "shallow" : "deep", faults.size(), SOAK);
        return faults.isEmpty() ? List.of() : List.of(kind + "\n  " + String.join("\n  ", faults));
    }

    private static final class Split {
        private final List<Integer> lags = new ArrayList<>();
        private final List<Integer> stay;
        private final List<Integer> move;
        private final Followers nodes;
        private final Random random;
        private final Duration blockTime;
        private final boolean shallow;
        private final Timeline time;
        private final BlockLine line;
        private int moved;
        private final Set<Integer> calledForked = new HashSet<>();
        private long split = Long.MAX_VALUE;
        private boolean seenAbove;
        private boolean over;
        private String story;

        Split(long seed, Duration blockTime, boolean shallow) {
            this.blockTime = blockTime;
            this.shallow = shallow;
            random = new Random(seed * 0x9E3779B97F4A7C15L);
            line = BlockLine.from(Rehearsal.GENESIS).every(blockTime);
            time = new Timeline(blockTime, Pace.start(blockTime), seed);
            nodes = new Followers(time, "n", random);
            int count = random.nextInt(2, 6);
            boolean lagging = random.nextBoolean();
            for (int i = 0; i < count; i++) {
                lags.add(lagging ? random.nextInt(4) : 0);
                nodes.add(line, lags.get(i));
            }
            var all = new ArrayList<>(nodes.indexes());
            Collections.shuffle(all, random);
            int leaving = random.nextInt(1, count);
            move = all.subList(0, leaving);
            stay = all.subList(leaving, count);
            story = "seed %d: %s stay, %s move, a block every %s, lags %s".formatted(seed, stay, move, blockTime, lags);
        }

        void run() {
            live(20_000);
            split = split();
            BlockLine other = line.fork(split, "b");
            for (int node : move) {
                long pause = random.nextInt(random.nextBoolean() ? 9_000 : 1_500);
                story += ", %d after %d ms".formatted(node, pause);
                live(pause);
                seenAbove |= nodes.seen(node) >= split;
                nodes.node(node).on(other);
                moved++;
            }
            live(blockTime.multipliedBy(5).plusSeconds(25).toMillis());

            over = true;
            boolean anew = isOpenTie() ? nodes.word(move.getFirst()).equals("ready") : moved > stay.size();
            var winners = anew ? move : stay;
            nodes.assertAll(winners, "ready", this::told);
            nodes.assertAll(anew ? stay : move, "forked", this::told);
            if (isOpenTie()) assertThat(calledForked).as(this::told).doesNotContainAnyElementsOf(winners);
            Head head = time.state().reference().head();
            String right = head == null ? "" : (anew ? other : line).hash(head.number());
            assertThat(head)
                    .as(this::told)
                    .isNotNull()
                    .satisfies(at -> assertThat(at.hash()).isEqualTo(right));
        }

        /// Whether nobody can know which branch was the one before.
        private boolean isOpenTie() {
            return moved * 2 == lags.size() && !seenAbove;
        }

        /// Where as many move as stay, or more, or nodes are behind, only a block that everybody had tells which
        /// branch was agreed on.
        private long split() {
            boolean plain = move.size() < stay.size() && lags.stream().allMatch(lag -> lag == 0);
            long known = shallow || plain
                    ? line.heightAt(time.now())
                    : line.heightAt(time.now().minusSeconds(4)) - 4;
            return known - random.nextInt(12);
        }

        private void live(long millis) {
            for (Instant end = time.now().plusMillis(millis); time.now().isBefore(end); ) {
                nodes.advance();
                time.step();
                if (moved == 0) continue;
                if (moved * 2 <= lags.size() && !isOpenTie()) nodes.assertAll(stay, "ready", this::told);
                for (int node : nodes.indexes()) if (nodes.word(node).equals("forked")) calledForked.add(node);
            }
        }

        private String told() {
            return story + "\n" + time.told();
        }

        /// What nodes are called where a trial ends early.
        String ending() {
            var words = nodes.indexes().stream()
                    .map(index -> index + " " + nodes.word(index))
                    .toList();
            return "; %s with %d moved: %s".formatted(over ? "at the end" : "on the way", moved, words);
        }
    }
}
