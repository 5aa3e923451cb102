package dev.fairlead.core.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "Main", "a_b", "a/b", "a.b", "1", "0x1", "0x", "007"})
    void whatIsNoPathOfItsOwnIsNoChain(String name) {
        assertThat(NameRule.CHAIN.objection(name)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "healthz",
                "readyz",
                "health",
                "api",
                "metrics",
                "ws",
                "v1",
                "v2",
                "v3",
                "graphql",
                "backends",
                "nodes",
                "ui",
                "login",
                "WS",
                "Graphql",
                "V3"
            })
    void aPathOfTheGatewayItselfIsNoChain(String name) {
        assertThat(NameRule.CHAIN.objection(name))
                .contains("a chain cannot be called " + name, "such as my-" + name.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mainnet", "a", "polygon-2", "1x", "0xg", "v4", "my-ws", "nodes-1"})
    void lettersDigitsAndDashesAreAChain(String name) {
        assertThat(NameRule.CHAIN.objection(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "ws", "1", "geth-1"})
    void aNodeMayBeCalledWhatAPathMayNot(String name) {
        assertThat(NameRule.NODE.objection(name)).isNull();
    }

    @Test
    void aNameHasAtMostSixtyThreeCharacters() {
        assertThat(NameRule.NODE.objection("a".repeat(63))).isNull();
        assertThat(NameRule.NODE.objection("a".repeat(64))).isNotNull();
    }
}
