package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.LedChain.TOP;
import static dev.fairlead.control.judge.LedChain.led;
import static dev.fairlead.control.judge.LedChain.node;
import static dev.fairlead.control.judge.LedChain.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Reference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node that is not asked any more because its plan is used up is no sick node, and makes no others look sick.
class SpentNodeTest {
    private final ScriptedNode leader = node();
    private final ScriptedNode a = node();
    private final ScriptedNode b = node();

    @Test
    void aSpentLeaderStaysSpentAndTheOthersServeByTheirAgreement() {
        Rehearsal chain = led(leader, a, b);
        chain.rounds(3);

        leader.spent();
        for (long height = TOP + 1; height < TOP + 100; height++) {
            a.at(height);
            b.at(height);
            ChainState state = chain.pass(Duration.ofSeconds(12)).round();

            assertThat(words(chain, "leader", "a", "b")).containsExactly("spent", "ready", "ready");
            assertThat(state.reference()).isInstanceOf(Reference.Agreement.class);
            assertThat(state.stalled()).isNull();
        }
        assertThat(chain.state().reference().describe()).contains("leader has had all that its plan allows today");
    }

    @Test
    void anOnlyFollowerOfASpentLeaderServesOn() {
        Rehearsal chain = led(leader, a);
        chain.rounds(3);

        leader.spent();
        for (long height = TOP + 1; height < TOP + 50; height++) {
            a.at(height);
            chain.pass(Duration.ofSeconds(12)).round();

            assertThat(words(chain, "leader", "a")).containsExactly("spent", "ready");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itLeadsAgainWhenItsPlanIsNew(boolean isLong) {
        Rehearsal chain = led(leader, a, b);
        chain.rounds(3);
        leader.spent();
        chain.rounds(2);
        long top = isLong ? TOP + 3_000 : TOP + 1;
        for (ScriptedNode other : List.of(a, b)) other.at(top);
        chain.pass(Duration.ofSeconds(12 * (top - TOP))).rounds(3);

        leader.at(top).speaks();
        chain.rounds(4);

        assertThat(words(chain, "leader", "a", "b")).containsExactly("ready", "ready", "ready");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Leader.class);
    }

    @Test
    void aNodeThatWasSpentFromTheStartHoldsUpNobody() {
        Rehearsal chain = led(leader.spent(), a, b);

        chain.rounds(3);

        assertThat(words(chain, "leader", "a", "b")).containsExactly("spent", "ready", "ready");
    }

    @Test
    void oneSampleIsEnough() {
        Rehearsal chain = led(leader, a, b);
        chain.rounds(3);

        a.spent();
        chain.probe("a");

        assertThat(words(chain, "leader", "a", "b")).containsExactly("ready", "spent", "ready");
    }

    @Test
    void whenAllAreSpentNobodyIsCalledForked() {
        Rehearsal chain = led(leader, a, b);
        chain.rounds(3);

        for (ScriptedNode each : List.of(leader, a, b)) each.spent();
        chain.rounds(3);
        assertThat(words(chain, "leader", "a", "b")).containsOnly("spent");

        for (ScriptedNode each : List.of(leader, a, b)) each.speaks().at(TOP + 100);
        chain.pass(Duration.ofSeconds(1_200)).rounds(4);
        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
    }
}
