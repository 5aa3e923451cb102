package dev.fairlead.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "Main", "a_b", "a/b", "a.b", "healthz", "metrics", "1"})
    void whatIsNoPathOfItsOwnIsNoChain(String name) {
        assertThat(NameRule.CHAIN.objection(name)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mainnet", "a", "polygon-2", "1x"})
    void lettersDigitsAndDashesAreAChain(String name) {
        assertThat(NameRule.CHAIN.objection(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "1", "geth-1"})
    void aNodeMayBeCalledWhatAPathMayNot(String name) {
        assertThat(NameRule.NODE.objection(name)).isNull();
    }

    @Test
    void aNameHasAtMostSixtyThreeCharacters() {
        assertThat(NameRule.NODE.objection("a".repeat(63))).isNull();
        assertThat(NameRule.NODE.objection("a".repeat(64))).isNotNull();
    }
}
