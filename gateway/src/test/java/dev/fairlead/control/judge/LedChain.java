package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.Rehearsal.GENESIS;
import static dev.fairlead.control.judge.Rehearsal.chain;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The chain that most tests of judgement begin with: its nodes are all at the same block, and one of them leads.
final class LedChain {
    static final BlockLine MAIN = BlockLine.from(GENESIS);
    static final long TOP = 10_000;
    /// When the block at the top was made.
    static final Instant NOW = GENESIS.plus(MAIN.blockTime().multipliedBy(TOP));

    private LedChain() {}

    /// At the top.
    static ScriptedNode node() {
        return new ScriptedNode(MAIN, TOP);
    }

    /// @param others up to three, which are called `a`, `b` and `c`
    static Rehearsal led(ScriptedNode leader, ScriptedNode... others) {
        var chain = new Rehearsal(chain(1, "leader"), NOW).with("leader", leader);
        for (int i = 0; i < others.length; i++)
            chain.with(List.of("a", "b", "c").get(i), others[i]);
        return chain;
    }

    /// The verdicts on those nodes, in a word each.
    static List<String> words(Rehearsal chain, String... names) {
        return Stream.of(names).map(chain::word).toList();
    }
}
