package dev.fairlead.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Secrets;
import dev.fairlead.core.upstream.Outcome.NotSent;
import dev.fairlead.core.upstream.Outcome.Unanswered;
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

class CausesTest {
    private static final Place PLACE = Place.of(URI.create("https://node.example:8545"));

    @Test
    void everyWayToMissANodeHasItsReason() {
        assertThat(connecting(new ConnectException("Connection refused"))).isEqualTo(Reason.REFUSED);
        assertThat(connecting(new SocketException("Connection reset"))).isEqualTo(Reason.BROKEN);
        assertThat(connecting(new UnknownHostException("node.example"))).isEqualTo(Reason.UNKNOWN_HOST);
        assertThat(connecting(new NoRouteToHostException("gone"))).isEqualTo(Reason.UNREACHED);
        assertThat(connecting(new SSLException("handshake failed"))).isEqualTo(Reason.TLS);
        assertThat(connecting(new IllegalStateException("reply broke off"))).isEqualTo(Reason.UNREACHED);
    }

    @Test
    void everyWayToLoseAConnectionHasItsReason() {
        assertThat(new Unanswered(Causes.breaking(PLACE, null)).reason()).isEqualTo(Reason.BROKEN);
        assertThat(new Unanswered(Causes.breaking(PLACE, new SocketException("Broken pipe"))).reason())
                .isEqualTo(Reason.BROKEN);
        assertThat(new Unanswered(Causes.breaking(PLACE, new SocketException("odd"))).reason())
                .isEqualTo(Reason.BROKEN);
        assertThat(new Unanswered(Causes.breaking(PLACE, new SSLException("bad record"))).reason())
                .isEqualTo(Reason.TLS);
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
    void whatIsSaidElsewhereHasItsReasonToo(String cause, Reason reason) {
        assertThat(new Unanswered(cause).reason()).isEqualTo(reason);
    }

    private static Reason connecting(Throwable failure) {
        return new NotSent(Causes.connecting(PLACE, failure)).reason();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 90, 115, 118, 170, 195, 3000})
    void aSecretIsHiddenBeforeALongCauseIsCut(int before) {
        var secrets = Secrets.of(Endpoint.of("http://me:hunter2hunter2@h/v3/0123456789abcdef0123456789abcdef"));
        String message = ".".repeat(before) + " hunter2hunter2 0123456789abcdef0123456789abcdef";

        String shown = Causes.shown(Causes.breaking(PLACE, new SocketException(message)), secrets);

        assertThat(shown).doesNotContain("hun", "0123").hasSizeLessThan(202);
    }
}
