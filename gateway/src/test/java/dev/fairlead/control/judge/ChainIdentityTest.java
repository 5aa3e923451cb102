package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.LedChain.NOW;
import static dev.fairlead.control.judge.LedChain.TOP;
import static dev.fairlead.control.judge.LedChain.led;
import static dev.fairlead.control.judge.LedChain.node;
import static dev.fairlead.control.judge.LedChain.words;
import static dev.fairlead.control.judge.Rehearsal.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict.WrongChain;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Which chain a node is of: its id, its genesis, what `net_version` says, and who teaches them.
class ChainIdentityTest {
    private final ScriptedNode leader = node();
    private final ScriptedNode a = node();
    private final ScriptedNode b = node();
    private final ScriptedNode c = node();

    @Test
    void aNodeOfAnotherChainNeverServes() {
        var chain = led(leader, a, b.chainId(5));

        chain.rounds(3);

        assertThat(chain.verdict("b")).isEqualTo(new WrongChain("chain id 1", "chain id 5"));
        assertThat(chain.word("a")).isEqualTo("ready");
    }

    @Test
    void aNodeOfAnotherGenesisNeverServes() {
        var chain = led(leader, a, b.genesis("0x41"));

        chain.rounds(3);

        assertThat(chain.word("b")).isEqualTo("wrong-chain");
    }

    @Test
    void aLeaderOfAnotherChainDoesNotLead() {
        var chain = led(leader, a, b);
        leader.chainId(5).at(TOP + 5);

        chain.rounds(2);

        assertThat(words(chain, "leader", "a", "b")).containsExactly("wrong-chain", "ready", "ready");
        assertThat(chain.state().reference())
                .isInstanceOfSatisfying(
                        Reference.Agreement.class,
                        agreement -> assertThat(agreement.because()).isEqualTo("leader answers for another chain"));
    }

    @Test
    void theLeaderTeachesTheChainId() {
        var chain = new Rehearsal(chain(0, "leader"), NOW)
                .with("a", a.chainId(5))
                .with("b", b.chainId(5))
                .with("leader", leader.chainId(7));

        chain.probe("a");
        chain.probe("b");
        assertThat(chain.state().learnedId()).isZero();
        assertThat(chain.word("a")).isEqualTo("unknown");
        chain.probe("leader");

        assertThat(chain.state().learnedId()).isEqualTo(7);
        assertThat(words(chain, "leader", "a", "b")).containsExactly("ready", "wrong-chain", "wrong-chain");
    }

    @Test
    void withoutALeaderMostNodesTeachTheChainId() {
        var chain = new Rehearsal(chain(0), NOW)
                .with("a", a.chainId(5))
                .with("b", b.chainId(7))
                .with("c", c.chainId(7));

        chain.round();

        assertThat(chain.state().learnedId()).isEqualTo(7);
        assertThat(words(chain, "a", "b", "c")).containsExactly("wrong-chain", "ready", "ready");
    }

    @Test
    void mostNodesTeachWhatNetVersionSays() {
        var chain = new Rehearsal(chain(61), NOW)
                .with("a", a.chainId(61).network("61"))
                .with("b", b.chainId(61).network("1"))
                .with("c", c.chainId(61).network("1"));

        chain.rounds(2);

        assertThat(chain.state().networkId()).isEqualTo("1");
    }

    @Test
    void theLeaderAloneTeachesWhatNetVersionSays() {
        var chain = new Rehearsal(chain(61, "leader"), NOW)
                .with("leader", leader.chainId(61).network("1"))
                .with("a", a.chainId(61).network("61"))
                .with("b", b.chainId(61).network("61"));

        chain.rounds(2);

        assertThat(chain.state().networkId()).isEqualTo("1");
    }

    @Test
    void whatNetVersionSaysIsNotKnownWhenNodesDisagreeAboutItEvenlyOrTalkNonsense() {
        var chain = new Rehearsal(chain(61), NOW)
                .with("a", a.chainId(61).network("61"))
                .with("b", b.chainId(61).network("1"))
                .with("c", c.chainId(61).network("mainnet"));

        chain.rounds(2);

        assertThat(chain.state().networkId()).isEmpty();
    }

    @Test
    void ofTwoNodesOfDifferentChainsTheFirstDeclaredIsRight() {
        var chain = new Rehearsal(chain(0), NOW).with("a", a.chainId(5)).with("b", b.chainId(7));

        chain.round();

        assertThat(words(chain, "a", "b")).containsExactly("ready", "wrong-chain");
    }

    @Test
    void whatWasLearnedSticksAlsoAgainstEverybody() {
        var chain =
                new Rehearsal(chain(0, "leader"), NOW).with("leader", leader).with("a", a);
        chain.round();

        leader.chainId(5);
        a.chainId(5);
        chain.pass(Duration.ofSeconds(61));
        chain.rounds(2);

        assertThat(chain.state().learnedId()).isEqualTo(1);
        assertThat(words(chain, "leader", "a")).containsOnly("wrong-chain");
    }
}
