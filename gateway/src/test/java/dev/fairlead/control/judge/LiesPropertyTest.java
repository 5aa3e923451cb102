package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.Rehearsal.GENESIS;
import static dev.fairlead.control.judge.Rehearsal.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a single node does, the honest majority serves.
class LiesPropertyTest {
    private static final BlockLine MAIN = BlockLine.from(GENESIS);
    private static final long TOP = 10_000;

    enum Lie {
        COUNTS_UP,
        COUNTS_UP_WITHOUT_BLOCKS,
        FALLS_BACK,
        STANDS_STILL,
        FORKS_DEEP,
        FORKS_AT_THE_TIP,
        FALLS_SILENT,
        OTHER_CHAIN,
        OTHER_GENESIS,
        SAYS_IT_SYNCS
    }

    @Test
    void noSingleLieTakesAnHonestMajorityOut() {
        Property.holds(
                400,
                any -> noSingleLieTakesAnHonestMajorityOut(
                        any.between(2, 5),
                        any.oneOf(Lie.values()),
                        any.bool(),
                        any.bool(),
                        any.between(11, 5000),
                        any.anyLong()));
    }

    private void noSingleLieTakesAnHonestMajorityOut(
            int honest, Lie lie, boolean isLeader, boolean fromTheStart, int distance, long seed) {
        Instant now = GENESIS.plus(MAIN.blockTime().multipliedBy(TOP));
        var random = new Random(seed);
        var liar = new ScriptedNode(MAIN, TOP);
        var nodes = new ArrayList<ScriptedNode>();
        var chain = new Rehearsal(isLeader ? chain(1, "liar") : chain(1), now);
        if (random.nextBoolean()) chain.with("liar", liar);
        for (int i = 0; i < honest; i++) {
            nodes.add(new ScriptedNode(MAIN, TOP));
            chain.with("honest-" + i, nodes.get(i));
        }
        if (!chain.has("liar")) chain.with("liar", liar);

        if (fromTheStart) tell(liar, lie, distance, TOP);
        for (int second = 0; second < 120; second += 2) {
            long top = MAIN.heightAt(chain.now());
            boolean lying = fromTheStart || second >= 20;
            if (lying) tell(liar, lie, distance, top);
            else liar.at(top);
            for (ScriptedNode node : nodes) node.at(Math.max(node.head(), top - random.nextInt(2)));
            chain.round();
            for (int i = 0; i < honest; i++) {
                assertThat(chain.word("honest-" + i))
                        .as("second %d, %s", second, chain.state())
                        .isEqualTo("ready");
            }
            chain.pass(Duration.ofSeconds(2));
        }

        if (lie != Lie.SAYS_IT_SYNCS) {
            assertThat(chain.verdict("liar").ready())
                    .as(chain.state().toString())
                    .isFalse();
        }
    }

    /// Nodes that leap over a block, or stand by both sides of a split, are not known to be of one mind for a moment.
    @Test
    void aMomentOfDoubtAboutTheHonestOnesServesNoLiar() {
        noSingleLieTakesAnHonestMajorityOut(2, Lie.FORKS_DEEP, true, true, 11, -25);
        noSingleLieTakesAnHonestMajorityOut(2, Lie.FORKS_AT_THE_TIP, true, false, 11, 34);
        noSingleLieTakesAnHonestMajorityOut(2, Lie.FORKS_AT_THE_TIP, true, false, 140, 12169);
    }

    private static void tell(ScriptedNode liar, Lie lie, int distance, long top) {
        switch (lie) {
            case COUNTS_UP -> liar.claims(top + distance);
            case COUNTS_UP_WITHOUT_BLOCKS ->
                liar.without("eth_getBlockByNumber").at(top + distance);
            // the honest ones, and so the reference, may be one block below the top
            case FALLS_BACK -> liar.at(top - 1 - distance);
            case STANDS_STILL -> liar.at(TOP - 11);
            case FORKS_DEEP -> liar.on(MAIN.fork(TOP - 100, "b")).at(top);
            case FORKS_AT_THE_TIP -> liar.on(MAIN.fork(TOP, "b")).at(top);
            case FALLS_SILENT -> liar.silent("timed out");
            case OTHER_CHAIN -> liar.chainId(5).silent("changes");
            case OTHER_GENESIS -> liar.genesis("0x41").silent("changes");
            case SAYS_IT_SYNCS -> liar.syncing().at(top);
        }
        if (lie == Lie.OTHER_CHAIN || lie == Lie.OTHER_GENESIS) liar.speaks();
    }

    /// Most of the weight counts, not most of the nodes.
    @Test
    void withoutALeaderTheHeavierBranchServes() {
        Property.holds(100, any -> withoutALeaderTheHeavierBranchServes(any.between(1, 500), any.between(1, 500)));
    }

    private void withoutALeaderTheHeavierBranchServes(int one, int other) {
        Instant now = GENESIS.plus(MAIN.blockTime().multipliedBy(TOP));
        var chain = new Rehearsal(chain(1), now)
                .with("a", one, new ScriptedNode(MAIN, TOP))
                .with("b", other, new ScriptedNode(MAIN.fork(TOP - 50, "b"), TOP));

        chain.rounds(3);

        List<String> words = List.of(chain.word("a"), chain.word("b"));
        assertThat(words).isEqualTo(one >= other ? List.of("ready", "forked") : List.of("forked", "ready"));
    }
}
