package dev.fairlead.control.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminAuthorizationTest {
    private static final AdminAuthorization BY_TOKEN = new AdminAuthorization("s3cret");
    private static final AdminAuthorization LOOPBACK = new AdminAuthorization(null);

    @ParameterizedTest
    @CsvSource({"Bearer s3cret, true", "bearer s3cret, true", "Bearer  s3cret, true"})
    void whoeverHasTheTokenIsLetIn(String authorization, boolean in) {
        assertThat(BY_TOKEN.objection(authorization, "gateway.example:8081", "http://page.example")
                        .isEmpty())
                .isEqualTo(in);
    }

    @ParameterizedTest
    @CsvSource({
        ",",
        "Bearer, ",
        "Bearer s3cre, ",
        "Bearer s3crets, ",
        "Basic s3cret, ",
        "s3cret, ",
    })
    void whoeverHasNotIsTurnedAwayEvenOnThisMachine(@Nullable String authorization, @Nullable String origin) {
        assertThat(BY_TOKEN.objection(authorization, "localhost:8081", origin)).hasValueSatisfying(problem -> {
            assertThat(problem.status()).isEqualTo(401);
            assertThat(problem.toString()).doesNotContain("s3cret");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8081,",
        "127.0.0.1:8081,",
        "[::1]:8081,",
        "localhost,",
        "[::1],",
        "LOCALHOST:8081,",
        "LocalHost,",
        "127.0.0.2:8081,",
        "LOCALHOST:8081, http://localhost:8081",
        "localhost:8081, http://localhost:8081",
    })
    void withoutATokenProgramsOnThisMachineAreLetIn(String host, @Nullable String origin) {
        assertThat(LOOPBACK.objection(null, host, origin)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        ",",
        "evil.example:8081,",
        "localhost.evil.example,",
        "127.0.0.1.evil.example:8081,",
        "127.0.0.evil:8081,",
        "localhost.:8081,",
        "[::2],",
        "localhost:8081, http://evil.example",
        "localhost:8081, null",
        "localhost:8081, http://localhost:3000",
        "localhost:8081, https://localhost:8081",
        "localhost:8081, http://localhost:8081@evil.example",
    })
    void aWebPageIsTurnedAway(@Nullable String host, @Nullable String origin) {
        assertThat(LOOPBACK.objection(null, host, origin))
                .hasValueSatisfying(problem -> assertThat(problem.status()).isEqualTo(403));
    }

    @ParameterizedTest
    @CsvSource({
        "true, , token",
        "true, deploy, token:deploy",
        "false, alice, loopback:alice",
        "false, loopback:alice, loopback:alice",
        "false, token:alice, loopback:token:alice",
        "false, 'a l\u00edce; drop', loopback:alcedrop",
        "false, '!!', loopback",
    })
    void theAuditTrailNamesTheDoorAndTheName(boolean byToken, @Nullable String claimed, String who) {
        assertThat(Caller.of(byToken, claimed)).isEqualTo(who);
    }
}
