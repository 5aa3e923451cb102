package dev.fairlead.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Secrets;
import dev.fairlead.core.reply.Outcome.NotSent;
import dev.fairlead.core.reply.Outcome.Unanswered;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkErrorsTest {
    private static final HostPort PLACE = HostPort.of(URI.create("https://node.example:8545"));

    @Test
    void everyWayToMissANodeHasItsReason() {
        assertThat(connecting(new ConnectException("Connection refused"))).isEqualTo(NoAnswerReason.REFUSED);
        assertThat(connecting(new SocketException("Connection reset"))).isEqualTo(NoAnswerReason.BROKEN);
        assertThat(connecting(new UnknownHostException("node.example"))).isEqualTo(NoAnswerReason.UNKNOWN_HOST);
        assertThat(connecting(new NoRouteToHostException("gone"))).isEqualTo(NoAnswerReason.UNREACHED);
        assertThat(connecting(new SSLException("handshake failed"))).isEqualTo(NoAnswerReason.TLS);
        assertThat(connecting(new IllegalStateException("reply broke off"))).isEqualTo(NoAnswerReason.UNREACHED);
    }

    @Test
    void everyWayToLoseAConnectionHasItsReason() {
        assertThat(new Unanswered(NetworkErrors.breaking(PLACE, null)).reason()).isEqualTo(NoAnswerReason.BROKEN);
        assertThat(new Unanswered(NetworkErrors.breaking(PLACE, new SocketException("Broken pipe"))).reason())
                .isEqualTo(NoAnswerReason.BROKEN);
        assertThat(new Unanswered(NetworkErrors.breaking(PLACE, new SocketException("odd"))).reason())
                .isEqualTo(NoAnswerReason.BROKEN);
        assertThat(new Unanswered(NetworkErrors.breaking(PLACE, new SSLException("bad record"))).reason())
                .isEqualTo(NoAnswerReason.TLS);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            no free connection to node:8545: 64 calls wait already, OURS
            the gateway is shutting down,                           OURS
            too many new connections at once,                       OURS
            cannot connect to node:8545: Too many open files,       OURS
            cannot connect to node:8545: No buffer space available, OURS
            cannot connect to node:8545: Cannot assign requested address, OURS
            connection to node:8545 failed: Cannot reserve 4194304 bytes of direct buffer memory, OURS
            cannot connect to node:8545: unreachable,               NONSENSE
            reply broke off after 17 bytes,                         BROKEN
            reply is not JSON,                                      NONSENSE
            HTTP 502 from a proxy before the node,                  NONSENSE
            no reply within 4 s,                                    NONSENSE
            """)
    void whatIsSaidElsewhereHasItsReasonToo(String cause, NoAnswerReason reason) {
        assertThat(new Unanswered(cause).reason()).isEqualTo(reason);
    }

    private static NoAnswerReason connecting(Throwable failure) {
        return new NotSent(NetworkErrors.connecting(PLACE, failure)).reason();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 90, 115, 118, 170, 195, 3000})
    void aSecretIsHiddenBeforeALongCauseIsCut(int before) {
        var secrets = Secrets.of(Endpoint.of("http://me:hunter2hunter2@h/v3/0123456789abcdef0123456789abcdef"));
        String message = ".".repeat(before) + " hunter2hunter2 0123456789abcdef0123456789abcdef";

        String shown = NetworkErrors.shown(NetworkErrors.breaking(PLACE, new SocketException(message)), secrets);

        assertThat(shown).doesNotContain("hun", "0123").hasSizeLessThan(202);
    }
}
