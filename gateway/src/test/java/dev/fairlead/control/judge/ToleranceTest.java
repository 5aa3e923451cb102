package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.LedChain.MAIN;
import static dev.fairlead.control.judge.LedChain.TOP;
import static dev.fairlead.control.judge.LedChain.words;
import static dev.fairlead.control.judge.Rehearsal.GENESIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Chain.Tolerance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How far behind a node may be, in blocks and in time, and still serve.
class ToleranceTest {
    @ParameterizedTest
    @CsvSource({"250,10", "1000,10", "2000,3", "12000,10", "12000,25", "30000,10", "30000,0"})
    void theToleratedBlocksDecideAlone(long millis, long blocks) {
        var pause = Duration.ofMillis(millis);
        for (long behind : new long[] {Math.max(0, blocks - 1), blocks, blocks + 1}) {
            var tolerance = Tolerance.of(blocks, null, 10, pause);

            String word = wordOf(pause, tolerance, behind, Duration.ofMillis(millis * (blocks + 2) + 120_000));

            assertThat(word).as("%d behind", behind).isEqualTo(behind > blocks ? "lagging" : "ready");
        }
    }

    @ParameterizedTest
    @CsvSource({"250,30", "1000,60", "2000,120", "12000,120", "12000,300", "30000,300", "30000,120"})
    void theToleratedTimeDecidesAlone(long millis, long seconds) {
        var pause = Duration.ofMillis(millis);
        var tolerance = Tolerance.of(null, Duration.ofSeconds(seconds), 10, pause);
        var frozen = new ScriptedNode(MAIN.every(pause), TOP);
        var moves = new ScriptedNode(MAIN.every(pause), TOP);
        Instant start = GENESIS.plus(pause.multipliedBy(TOP));
        var chain = new Rehearsal(timed(tolerance, pause), start)
                .with("leader", moves)
                .with("a", frozen);
        chain.round();

        chain.pass(pause);
        moves.at(TOP + 1);
        chain.round();
        Instant passed = chain.now();
        for (long at : new long[] {seconds - 1, seconds, seconds + 1}) {
            while (chain.now().isBefore(passed.plusSeconds(at))) {
                Duration left = Duration.between(chain.now(), passed.plusSeconds(at));
                chain.pass(left.compareTo(pause) < 0 ? left : pause);
                moves.at(TOP + Duration.between(start, chain.now()).dividedBy(pause));
                chain.round();
            }
            chain.round();
            assertThat(chain.word("a")).as("%d s: %s", at, chain.state()).isEqualTo(at > seconds ? "lagging" : "ready");
        }
    }

    @ParameterizedTest
    @CsvSource({"250,10", "250,4", "1000,2", "2000,3", "12000,10", "12000,1", "30000,0"})
    void ofTwoNodesWithoutALeaderTheOneThatStaysIsHeldToTheToleratedBlocks(long millis, long blocks) {
        var pause = Duration.ofMillis(millis);
        for (long behind : new long[] {Math.max(0, blocks - 1), blocks, blocks + 1}) {
            var stays = new ScriptedNode(MAIN.every(pause), TOP);
            var goesOn = new ScriptedNode(MAIN.every(pause), TOP);
            Instant start = GENESIS.plus(pause.multipliedBy(TOP));
            var chain = new Rehearsal(timed(Tolerance.of(blocks, null, 10, pause), pause), start)
                    .with("a", stays)
                    .with("b", goesOn);
            chain.rounds(2);

            goesOn.at(TOP + behind);
            chain.pass(pause.multipliedBy(behind));
            chain.rounds(3);

            assertThat(words(chain, "a", "b"))
                    .as("%d behind: %s", behind, chain.state())
                    .containsExactly(behind > blocks ? "lagging" : "ready", "ready");
        }
    }

    @ParameterizedTest
    @CsvSource({"250,3", "1000,5", "2000,6", "12000,30", "12000,60", "30000,120"})
    void ofTwoNodesWithoutALeaderTheOneThatStaysIsHeldToTheToleratedTime(long millis, long seconds) {
        var pause = Duration.ofMillis(millis);
        var stays = new ScriptedNode(MAIN.every(pause), TOP);
        var goesOn = new ScriptedNode(MAIN.every(pause), TOP);
        Instant start = GENESIS.plus(pause.multipliedBy(TOP));
        var chain = new Rehearsal(timed(Tolerance.of(null, Duration.ofSeconds(seconds), 10, pause), pause), start)
                .with("a", stays)
                .with("b", goesOn);
        chain.round();
        chain.pass(pause);
        goesOn.at(TOP + 1);
        chain.round();
        Instant passed = chain.now();

        for (long at : new long[] {seconds - 1, seconds, seconds + 1}) {
            while (chain.now().isBefore(passed.plusSeconds(at))) {
                Duration left = Duration.between(chain.now(), passed.plusSeconds(at));
                chain.pass(left.compareTo(pause) < 0 ? left : pause);
                goesOn.at(TOP + Duration.between(start, chain.now()).dividedBy(pause));
                chain.round();
            }
            chain.round();
            assertThat(words(chain, "a", "b"))
                    .as("%d s: %s", at, chain.state())
                    .containsExactly(at > seconds ? "lagging" : "ready", "ready");
        }
    }

    /// A single node of three that runs ahead says nothing of the two others.
    @Test
    void aTightToleranceDoesNotMakeOneOfThreeTheReference() {
        var pause = Duration.ofSeconds(2);
        var ahead = new ScriptedNode(MAIN.every(pause), TOP);
        var chain = new Rehearsal(
                        timed(Tolerance.of(2L, null, 10, pause), pause), GENESIS.plus(pause.multipliedBy(TOP)))
                .with("a", new ScriptedNode(MAIN.every(pause), TOP))
                .with("b", new ScriptedNode(MAIN.every(pause), TOP))
                .with("c", ahead);
        chain.rounds(2);

        ahead.at(TOP + 5);
        chain.rounds(3);

        assertThat(words(chain, "a", "b", "c")).containsOnly("ready");
    }

    @Test
    void bothTolerancesHoldWhereBothAreSaid() {
        var pause = Duration.ofSeconds(12);
        var tolerance = Tolerance.of(10L, Duration.ofSeconds(60), 10, pause);

        assertThat(wordOf(pause, tolerance, 4, Duration.ofSeconds(300))).isEqualTo("ready");
        assertThat(wordOf(pause, tolerance, 7, Duration.ofSeconds(300))).isEqualTo("lagging");
    }

    /// What a node is that is always so many blocks behind its leader, on a chain with true clocks.
    private static String wordOf(Duration pause, Tolerance tolerance, long behind, Duration length) {
        var line = MAIN.every(pause);
        var moves = new ScriptedNode(line, TOP);
        var late = new ScriptedNode(line, TOP - behind);
        Instant start = GENESIS.plus(pause.multipliedBy(TOP));
        var chain = new Rehearsal(timed(tolerance, pause), start)
                .with("leader", moves)
                .with("a", late);
        while (chain.now().isBefore(start.plus(length))) {
            chain.round();
            chain.pass(pause);
            moves.at(line.heightAt(chain.now()));
            late.at(moves.head() - behind);
        }
        return chain.word("a");
    }

    private static Chain timed(Tolerance tolerance, Duration pause) {
        Probing usual = Probing.DEFAULT;
        var probing = new Probing(usual.interval(), usual.timeout(), usual.fall(), usual.rise(), pause, false);
        return new Chain("mainnet", 1, List.of("leader"), tolerance, probing, 0);
    }
}
