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

    @Test
    void whatACallTakesOfWhichLimitsAndWhatIsLeft() {
        String shown = shown(
                "{\"access\":\"open\",\"route\":\"goes to group archive by routes[0] (f.toml:3)\",\"credits\":300,"
                        + "\"limits\":[{\"limit\":\"tenants.a.rate\",\"place\":\"by order of me at T\",\"bound\":\"100/s, 500 at once\","
                        + "\"left\":432},{\"limit\":\"limits[0]\",\"place\":\"f.toml:9\",\"bound\":\"9/s, for each address\",\"left\":null,"
                        + "\"note\":\"what is left depends on who calls\"},{\"limit\":\"limits[1]\",\"place\":null,"
                        + "\"bound\":\"400/s\",\"left\":200,\"note\":\"for all gateways together\"}],"
                        + "\"day\":{\"daily\":5000000,\"place\":null,\"taken\":4999900,\"left\":100},"
                        + "\"summary\":\"refused: it is not open\",\"nodes\":[]}");

        assertThat(shown.lines())
                .containsExactly(
                        "open",
                        "goes to group archive by routes[0] (f.toml:3)",
                        "takes 300 credits of:",
                        "  tenants.a.rate (by order of me at T): 100/s, 500 at once, 432 left",
                        "  limits[0] (f.toml:9): 9/s, for each address; what is left depends on who calls",
                        "  limits[1]: 400/s, 200 left for all gateways together: TOO FEW NOW",
                        "  its day: 5,000,000 credits, 4,999,900 taken, 100 left: TOO FEW NOW",
                        "refused: it is not open");
    }

    private static String shown(String answer) {
        return ExplainCommand.forPeople(AdminClient.JSON.readTree(answer));
    }
}
