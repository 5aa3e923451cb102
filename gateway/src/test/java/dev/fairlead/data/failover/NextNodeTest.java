package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.data.load.Tier;
import dev.fairlead.data.routing.Eligibility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether the next node of a plan is asked.
class NextNodeTest {
    @ParameterizedTest
    @CsvSource({
        "OWN, OWN, '', ASKED",
        "OWN, OWN, PRUNED, ASKED",
        "OWN, OWN, UNCLEAR, ASKED",
        "OWN, OWN, UNCLEAR UNCLEAR, PASSED_OVER",
        "SPARED, OWN, '', ASKED",
        "SPARED, OWN, OVERLOADED, ASKED",
        "SPARED, OWN, RATE_LIMITED, PASSED_OVER",
        "OWN, OWN, RATE_LIMITED, ASKED",
        "LACKING, OWN, UNSUPPORTED, ASKED",
        "LACKING, OWN, UNSUPPORTED UNSUPPORTED, IF_SEARCHED",
        "OWN, OWN, UNSUPPORTED UNSUPPORTED, ASKED",
        "LAST_RESORT, LAST_RESORT, PRUNED, ASKED",
        "EJECTED, PANIC, '', ASKED",
        "EJECTED, PANIC, OVERLOADED, ASKED",
        "EJECTED, PANIC, PRUNED, PASSED_OVER",
        "UNREACHABLE, PANIC, UNSUPPORTED, PASSED_OVER",
        "LAGGING, PANIC, HEAD_NOT_THERE, PASSED_OVER",
    })
    void givenWhatTheNodesBeforeItObjected(Eligibility eligibility, Tier tier, String objected, NextNode expected) {
        Objections objections = Objections.NONE;
        for (String meaning : objected.isEmpty() ? new String[0] : objected.split(" ")) {
            objections = objections.with(
                    Fleets.id("other"), ScriptedNodes.declined(ErrorMeaning.valueOf(meaning), -32000, "no"));
        }

        assertThat(NextNode.of(eligibility, tier, objections)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"OWN, true", "RENTED, true", "LAST_RESORT, false", "PANIC, false"})
    void callsSpillOverToRentedNodesButNotToTheLastResort(Tier tier, boolean expected) {
        assertThat(NextNode.isSpilledTo(tier)).isEqualTo(expected);
    }
}
