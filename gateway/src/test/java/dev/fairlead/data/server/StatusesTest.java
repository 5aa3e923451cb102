package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.call.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusesTest {
    @ParameterizedTest
    @EnumSource
    void everyRefusalHasAPhraseOfTheTrade(Refusal refusal) {
        assertThat(Statuses.of(refusal.status()).code()).isEqualTo(refusal.status());
        assertThat(Statuses.of(refusal.status()).reasonPhrase()).doesNotContain("(");
    }
}
