package dev.fairlead.control.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Head;
import dev.fairlead.support.Property;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Nodes of several branches, probed at odd moments, with checks that come late or never: whatever the others do, the
/// majority of one branch serves and is measured against itself, and a known fork serves no more until it rejoins.
class BranchesPropertyTest {
    private static final long TOP = Pace.TOP;

    /// What a node of another branch does for some seconds.
    enum Turn {
        MOVES,
        STANDS_STILL,
        LEAPS_AHEAD,
        FALLS_BACK,
        IS_SILENT,
        ANSWERS_NO_CHECK,
        CLAIMS
    }

    enum Leads {
        NOBODY,
        HONEST,
        STRAY
    }

    @Test
    void theMajorityOfOneBranchServesAndAKnownForkDoesNot() {
        Property.holds(
                300,
                any -> theMajorityOfOneBranchServesAndAKnownForkDoesNot(
                        any.between(2, 4),
                        any.oneOf(Leads.values()),
                        any.oneOf(Pace.values()),
                        any.bool(),
                        any.between(1, 6),
                        any.anyLong()));
    }

    private void theMajorityOfOneBranchServesAndAKnownForkDoesNot(
            int honest, Leads leads, Pace pace, boolean deep, int ahead, long seed) {
        new Trial(honest, leads, pace, deep, ahead, seed).run();
    }

    /// At the very beginning nodes of one mind may not have been seen together yet.
    @Test
    void aStrayIsNotTheMeasureBeforeTheOthersAreSeenTogether() {
        new Trial(2, Leads.NOBODY, Pace.QUARTER, true, 1, -39603).run();
    }

    private static final class Trial {
        private final Random random;
        private final Timeline time;
        private final Followers honest;
        private final ScriptedNode stray;
        private final BlockLine main;
        private final BlockLine other;
        private final Duration settle;
        private final boolean astray;
        private boolean found;
        private boolean rejoined;
        private String story = "";

        Trial(int nodes, Leads leads, Pace pace, boolean deep, int ahead, long seed) {
            random = new Random(seed);
            astray = leads == Leads.STRAY;
            String[] leaders =
                    leads == Leads.NOBODY ? new String[0] : new String[] {leads == Leads.HONEST ? "honest-0" : "stray"};
            time = new Timeline(pace.blockTime, pace.start(), seed, leaders);
            main = pace.line();
            settle = pace.blockTime.multipliedBy(3).plusSeconds(25);
            other = main.fork(deep ? 1 : TOP - 20, "b");
            stray = new ScriptedNode(other, TOP + ahead);
            boolean first = random.nextBoolean();
            if (first) time.with("stray", stray);
            honest = new Followers(time, "honest-", random).add(nodes, main);
            if (!first) time.with("stray", stray);
            time.afterEach(this::look);
        }

        void run() {
            var turns = List.of(Turn.values());
            for (int turn = 0; turn < 8; turn++) take(turns.get(random.nextInt(turns.size())));
            assertThat(found).as(() -> "found at all\n" + told()).isTrue();
            rejoin();
        }

        private void take(Turn turn) {
            int distance = random.nextInt(-12, 75);
            int seconds = random.nextInt(4, 30);
            story += " " + turn + "(" + distance + ", " + seconds + " s)";
            if (turn == Turn.IS_SILENT) stray.silent("refused");
            if (turn == Turn.ANSWERS_NO_CHECK) time.loses("stray", 100);
            long start = stray.head();
            for (int step = 0; step < seconds * 4; step++) {
                long top = advance();
                switch (turn) {
                    case MOVES, ANSWERS_NO_CHECK -> stray.at(Math.max(top + 1, start + step / 4));
                    case STANDS_STILL, IS_SILENT -> stray.at(start);
                    case LEAPS_AHEAD -> stray.at(top + Math.abs(distance));
                    case FALLS_BACK -> stray.at(top - Math.abs(distance) / 6);
                    case CLAIMS -> stray.claims(top + 11 + Math.abs(distance));
                }
                time.step();
            }
            stray.speaks().at(stray.head());
            time.loses("stray", 5);
        }

        private long advance() {
            honest.advance();
            return main.heightAt(time.now());
        }

        private void rejoin() {
            rejoined = true;
            stray.on(main);
            for (int step = 0; step < settle.toSeconds() * 4; step++) {
                stray.at(advance());
                time.step();
            }
            assertThat(time.word("stray")).as(() -> "taken back\n" + told()).isEqualTo("ready");
        }

        private void look() {
            for (int i : honest.indexes()) {
                assertThat(honest.word(i)).as(this::told).isNotEqualTo("forked");
                // a leader of another branch may leave them behind until it is found out
                if (!astray) assertThat(honest.word(i)).as(this::told).isEqualTo("ready");
            }
            if (rejoined) return;
            String word = time.word("stray");
            if (found) assertThat(word).as(() -> "a known fork\n" + told()).isNotEqualTo("ready");
            found |= word.equals("forked");
            Head reference = time.state().reference().head();
            if (found && reference != null)
                assertThat(reference.hash()).as(this::told).isEqualTo(main.hash(reference.number()));
        }

        private String told() {
            return story + "\n" + time.told();
        }
    }
}
