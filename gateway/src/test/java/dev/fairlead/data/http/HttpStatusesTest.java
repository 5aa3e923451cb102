package dev.fairlead.data.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.call.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpStatusesTest {
    @ParameterizedTest
    @EnumSource
    void everyRefusalHasAPhraseOfTheTrade(Refusal refusal) {
        assertThat(HttpStatuses.of(refusal.httpStatus()).code()).isEqualTo(refusal.httpStatus());
        assertThat(HttpStatuses.of(refusal.httpStatus()).reasonPhrase()).doesNotContain("(");
    }
}
