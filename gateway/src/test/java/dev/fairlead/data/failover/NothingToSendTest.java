package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls that hand over nothing cannot be done twice: what the node objects goes back.
class NothingToSendTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            eth_sendRawTransaction | []
            eth_sendRawTransaction | ["0x"]
            eth_sendRawTransaction | ["0x01"]
            eth_sendRawTransaction | [null]
            eth_sendTransaction    | []
            """)
    void theObjectionGoesBack(String method, String params) {
        var nodes = new ScriptedNodes(Fleets.of("a"));
        nodes.script("a", _ -> nodes.error(-32602, "flux"));

        assertThat(nodes.call(method, params).text()).contains("-32602");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            eth_sendTransaction | [{"to":"0x1"}]
            foo_doIt            | []
            """)
    void whereSomethingMayHaveBeenDoneItDoesNot(String method, String params) {
        var nodes = new ScriptedNodes(Fleets.of("a"));
        nodes.script("a", _ -> nodes.error(-32602, "flux"));

        assertThat(nodes.call(method, params).text()).isEqualTo("UNCERTAIN");
    }
}
