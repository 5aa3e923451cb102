package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.console.AdminClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {
    private static final String NODES = "\"nodes\":[{\"node\":\"geth-1\",\"position\":1,\"reason\":\"own node\"}]";

    @Test
    void theRuleThePlanAndAReasonForEachNode() {
        String shown = shown("{\"access\":\"open by policy.preset\",\"summary\":\"group default\"," + NODES + "}");

        assertThat(shown.lines())
                .containsExactly(
                        "open by policy.preset", "group default", "ORDER  NODE    WHY", "    1  geth-1  own node");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused: it is not open to callers", "answered by the gateway itself: []"})
    void noNodeIsNamedForWhatNoNodeIsAsked(String summary) {
        String shown = shown("{\"access\":\"closed by policy.deny\",\"summary\":\"" + summary + "\"," + NODES + "}");

        assertThat(shown.lines()).containsExactly("closed by policy.deny", summary);
    }

    @Test
    void whatSomebodyCallsAMethodCannotMoveTheCursor() {
        String shown =
                shown("{\"access\":\"closed \\u001b[2J\\n x\",\"summary\":\"refused: a\\u0007b\"," + NODES + "}");

        assertThat(shown.lines()).containsExactly("closed  [2J  x", "refused: a b");
    }

    @Test
    void whateverANodeIsCalledItStaysOneSegmentOfThePath() {
        assertThat(NodesCommand.path("mainnet/geth-1")).isEqualTo("/nodes/mainnet/geth-1");
        assertThat(NodesCommand.path("a b/../keys?x#y%")).isEqualTo("/nodes/a%20b/..%2Fkeys%3Fx%23y%25");
    }

    private static String shown(String answer) {
        return ExplainCommand.forPeople(AdminClient.JSON.readTree(answer));
    }
}
