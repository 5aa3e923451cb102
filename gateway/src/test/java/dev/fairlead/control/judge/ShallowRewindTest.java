package dev.fairlead.control.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A whole chain that goes back by fewer than fifty blocks, each node at its own moment, and goes on with others: from
/// there, or at once from the height that it had. Once each of most nodes was looked at again, none of them is called
/// forked for longer than two probes and the time of two blocks, or three seconds; in the end all serve. Nearly all of
/// these rewinds stay below two probes. `-Dfairlead.soak=300` tries so many of each kind.
class ShallowRewindTest {
    private static final int TRIES = 40;
    private static final int SOAK = Integer.getInteger("fairlead.soak", 0);
    private static final Duration PROBE = Duration.ofMillis(2_200);
    private static final Duration LEAST = Duration.ofSeconds(3);
    private static final List<Duration> PACES =
            List.of(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(12));

    @Test
    void nobodyOnTheBranchOfMostIsCalledForkedForLong() {
        var faults = new ArrayList<String>();
        for (Duration pace : PACES) {
            for (long seed = 0; seed < Math.max(TRIES, SOAK); seed++) {
                faults.addAll(new Rewind(seed, pace, false).run());
                faults.addAll(new Rewind(seed, pace, true).run());
            }
        }
        assertThat(faults).isEmpty();
    }

    private static final class Rewind {
        private final Map<Integer, Instant> forkedSince = new HashMap<>();
        private final Set<Integer> moved = new HashSet<>();
        private final Duration blockTime;
        private final boolean fromThere;
        private final Random random;
        private final Timeline time;
        private final Followers nodes;
        private final BlockLine line;
        private final int count;
        private final int depth;
        private final String story;
        private Duration longest = Duration.ZERO;
        private Instant movedAt = Rehearsal.GENESIS;

        /// @param fromThere whether the nodes are lower for a while, and not merely on other blocks
        Rewind(long seed, Duration blockTime, boolean fromThere) {
            this.blockTime = blockTime;
            this.fromThere = fromThere;
            random = new Random(seed * 0x9E3779B97F4A7C15L);
            line = BlockLine.from(Rehearsal.GENESIS).every(blockTime);
            time = new Timeline(blockTime, Pace.start(blockTime), seed);
            nodes = new Followers(time, "n", random);
            count = random.nextInt(2, 6);
            depth = random.nextInt(1, random.nextBoolean() ? 8 : 50);
            boolean lagging = random.nextBoolean();
            for (int i = 0; i < count; i++) nodes.add(line, lagging ? random.nextInt(4) : 0);
            story = "seed %d: %d nodes, %d blocks back, a block every %s, lower %s"
                    .formatted(seed, count, depth, blockTime, fromThere);
        }

        List<String> run() {
            live(20_000);
            BlockLine other = line.fork(line.heightAt(time.now()) - depth + 1, "b");
            if (fromThere) other = other.later(blockTime.multipliedBy(depth));
            var order = new ArrayList<>(nodes.indexes());
            Collections.shuffle(order, random);
            int spread = random.nextInt(3) == 0 ? 8_000 : 2_000;
            for (int index : order) {
                live(random.nextInt(spread / count));
                var node = nodes.node(index).on(other);
                if (fromThere) node.at(other.heightAt(time.now()));
                moved.add(index);
                movedAt = time.now();
            }
            live(blockTime.multipliedBy(5).plusSeconds(25).toMillis());

            var words = nodes.indexes().stream().map(nodes::word).toList();
            if (words.stream().anyMatch(word -> !word.equals("ready"))) return List.of(story + ": " + words);
            return longest.compareTo(bound()) <= 0 ? List.of() : List.of(story + ": forked for " + longest);
        }

        private Duration bound() {
            Duration blocks = blockTime.multipliedBy(2);
            return PROBE.multipliedBy(2).plus(blocks.compareTo(LEAST) > 0 ? blocks : LEAST);
        }

        private void live(long millis) {
            for (Instant end = time.now().plusMillis(millis); time.now().isBefore(end); ) {
                nodes.advance();
                time.step();
                boolean heard = !movedAt.isAfter(time.now().minus(PROBE));
                for (int index : nodes.indexes()) note(index, heard && isOfMost(index) && isForked(index));
            }
        }

        private boolean isOfMost(int index) {
            int with = moved.contains(index) ? moved.size() : count - moved.size();
            return with * 2 > count;
        }

        private boolean isForked(int index) {
            return nodes.word(index).equals("forked");
        }

        private void note(int index, boolean wrong) {
            if (!wrong) {
                forkedSince.remove(index);
                return;
            }
            Instant since = forkedSince.computeIfAbsent(index, _ -> time.now());
            Duration lasted = Duration.between(since, time.now());
            if (lasted.compareTo(longest) > 0) longest = lasted;
        }
    }
}
