package dev.fairlead.data.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.net.NoAnswerReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureClassTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            REFUSED,      false, false, REFUSED,   refused,       CONDEMNED
            BROKEN,       false, false, RESET,     reset,         CONDEMNED
            BROKEN,       false, true,  RESET,     reset,         CONDEMNED
            STALE,        false, false, STALE,     stale,         NONE
            TLS,          false, false, TLS,       tls,           CONDEMNED
            UNKNOWN_HOST, false, false, DNS,       dns,           CONDEMNED
            UNREACHED,    false, false, UNREACHED, unreached,     CONDEMNED
            UNREACHED,    true,  false, TIMEOUT,   timeout,       CONDEMNED
            UNREACHED,    true,  true,  TOO_SLOW,  timeout,       DOUBTFUL
            NONSENSE,     false, false, BAD_REPLY, bad-reply,     DOUBTFUL
            NONSENSE,     true,  false, TIMEOUT,   timeout,       CONDEMNED
            NONSENSE,     true,  true,  TOO_SLOW,  timeout,       DOUBTFUL
            OURS,         true,  false, OURS,      no-connection, NONE
            """)
    void aFailedAttemptIsHeldAgainstItsNodeByItsReason(
            NoAnswerReason reason,
            boolean timedOut,
            boolean alive,
            FailureClass expected,
            String label,
            FailureClass.Blame blame) {
        FailureClass failure = FailureClass.of(reason, timedOut, alive);

        assertThat(failure).isEqualTo(expected);
        assertThat(failure.label()).isEqualTo(label);
        assertThat(failure.blame()).isEqualTo(blame);
    }
}
