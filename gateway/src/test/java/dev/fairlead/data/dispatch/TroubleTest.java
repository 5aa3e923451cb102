package dev.fairlead.data.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TroubleTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            connection refused by 10.0.0.1:8545,                  REFUSED
            connection reset by node:8545,                        RESET
            cannot connect to node:8545: timed out,               UNREACHED
            no route to node:8545,                                UNREACHED
            host name node cannot be resolved,                    DNS
            TLS: certificate of node:443 has expired,             TLS
            no free connection to node:8545: 64 calls wait already, OURS
            the gateway is shutting down,                         OURS
            """)
    void whatNeverReachedTheNode(String cause, Trouble expected) {
        assertThat(Trouble.notSent(cause, false, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            connection closed by node:8545,              false, false, RESET
            connection reset by node:8545,               false, true,  RESET
            reply broke off after 17 bytes,              false, true,  RESET
            reply is not JSON,                           false, false, BAD_REPLY
            HTTP 502 from a proxy before the node,       false, false, BAD_REPLY
            no reply within 4 s,                         true,  false, TIMEOUT
            no reply within 4 s,                         true,  true,  TOO_SLOW
            """)
    void whatGotNoAnswer(String cause, boolean timedOut, boolean alive, Trouble expected) {
        assertThat(Trouble.unanswered(cause, timedOut, alive)).isEqualTo(expected);
    }
}
