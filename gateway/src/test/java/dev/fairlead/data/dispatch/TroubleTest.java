package dev.fairlead.data.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.upstream.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TroubleTest {
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
            Reason reason, boolean timedOut, boolean alive, Trouble expected, String label, Trouble.Blame blame) {
        Trouble trouble = Trouble.of(reason, timedOut, alive);

        assertThat(trouble).isEqualTo(expected);
        assertThat(trouble.label()).isEqualTo(label);
        assertThat(trouble.blame()).isEqualTo(blame);
    }
}
