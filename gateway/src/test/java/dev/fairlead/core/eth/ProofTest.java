package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProofTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # verdicts on a transaction
            200 | -32000 | nonce too low                                                       | VERDICT
            200 | -32000 | nonce too low: next nonce 8, tx nonce 7                             | VERDICT
            200 | -32001 | Nonce too low                                                       | VERDICT
            200 | -32000 | Nonce too high. Expected nonce to be 1 but got 9.                   | VERDICT
            200 | -32010 | OldNonce, Current nonce: 5, nonce of rejected tx: 3                 | VERDICT
            200 | -32000 | replacement transaction underpriced                                 | VERDICT
            200 | -32000 | insufficient funds for gas * price + value: address 0x0 have 1 want 2 | VERDICT
            200 | -32003 | Upfront cost exceeds account balance                                | VERDICT
            200 | -32000 | intrinsic gas too low                                               | VERDICT
            200 | -32000 | exceeds block gas limit                                             | VERDICT
            200 | -32000 | txpool is full                                                      | VERDICT
            200 | -32000 | unknown account                                                     | VERDICT
            200 | -32000 | authentication needed: password or unlock                           | VERDICT
            400 | -32000 | invalid sender                                                      | VERDICT
            502 | -32000 | nonce too low                                                       | VERDICT
            200 | 3      | execution reverted: request timed out                               | VERDICT
            200 | -32603 | VM Exception while processing transaction: reverted with reason 'bad gateway' | VERDICT
            200 | -32602 | invalid argument 0: hex string without 0x prefix                    | VERDICT
            200 | -32602 | missing value for required argument 0                               | VERDICT
            400 | -32600 | Invalid Request                                                     | VERDICT
            # not done by this node, or not for us
            200 | -32601 | the method eth_sendTransaction does not exist/is not available      | NOT_OFFERED
            404 | -32601 | Method not found                                                    | NOT_OFFERED
            500 | -32601 | Method not found                                                    | NOT_OFFERED
            200 | -32000 | method not supported                                                | NOT_OFFERED
            200 | -32004 | Unsupported method: eth_sendTransaction                             | NOT_OFFERED
            401 | -32000 | what                                                                | NOT_OFFERED
            200 | -32600 | Must be authenticated!                                              | NOT_OFFERED
            403 | -32002 | rejected due to project ID settings                                 | NOT_OFFERED
            508 | -32017 | it leads back to this gateway                                       | NOT_OFFERED
            # turned away
            429 | -32005 | project ID request rate exceeded                                    | TURNED_AWAY
            429 | 429    | Your app has exceeded its compute units per second capacity         | TURNED_AWAY
            200 | -32005 | rate limit exceeded                                                 | TURNED_AWAY
            200 | -32007 | 15/second request limit reached - reduce calls per second           | TURNED_AWAY
            # proves nothing
            200 | -32000 | EOF                                                                 | NONE
            200 | -32000 | unexpected EOF                                                      | NONE
            200 | -32000 | Post "http://127.0.0.1:1": EOF                                      | NONE
            200 | -32000 | no response                                                         | NONE
            200 | -32000 | bad gateway                                                         | NONE
            200 | -32000 | 502 Bad Gateway                                                     | NONE
            200 | -32000 | service unavailable                                                 | NONE
            200 | -32000 | context deadline exceeded                                           | NONE
            200 | -32602 | socket hang up                                                      | NONE
            200 | -32602 | invalid argument: upstream closed                                   | NONE
            200 | -32601 | upstream closed                                                     | NONE
            200 | -32601 | flux                                                                | NONE
            200 | -32600 | flux                                                                | NONE
            200 | -32602 | flux                                                                | NONE
            200 | -32700 | Parse error                                                         | NONE
            200 | -32700 | unexpected end of JSON input                                        | NONE
            200 | -32005 | flux                                                                | NONE
            200 | -32005 | limit exceeded                                                      | NONE
            200 | -32000 | request has exceeded its time                                       | NONE
            200 | -32000 | disk quota exceeded                                                 | NONE
            200 | -32000 | rate limit hit after 2 attempts                                     | NONE
            200 | -32000 | rate limited by upstream                                            | NONE
            429 | -32005 | too many requests while waiting for receipt                         | NONE
            429 | -32005 | the request timed out                                               | NONE
            200 | -32001 | The transaction was added to the mempool but wasn't processed in 2s. | NONE
            200 | 4      | The transaction was added to the transaction pool but wasn't processed in 20s | NONE
            200 | -32000 | already known                                                       | NONE
            200 | -32000 | duplicate transaction                                               | NONE
            200 | -32000 | nonce too low, all upstreams failed                                 | NONE
            200 | 3      | bad gateway                                                         | NONE
            200 | -32603 | Internal error                                                      | NONE
            200 | -32000 | transaction indexing is in progress                                 | NONE
            200 | -32000 | server busy                                                         | NONE
            200 | -32000 | header not found                                                    | NONE
            200 | -32000 | leveldb: closed                                                     | NONE
            200 | -32000 | x                                                                   | NONE
            200 | -32000 | ``                                                                  | NONE
            200 | 0      | flux                                                                | NONE
            502 | -32601 | Method not found                                                    | NONE
            503 | -32005 | rate limit exceeded                                                 | NONE
            504 | -32000 | invalid api key                                                     | NONE
            408 | -32601 | Method not found                                                    | NONE
            """)
    void onlyWhatStandsInTheListsProvesAnything(int status, int code, String message, Proof expected) {
        assertThat(Proof.of(status, wellFormed(code, message))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"rate limit exceeded\"",
                "{\"message\":\"nonce too low\"}",
                "{\"code\":\"-32601\",\"message\":\"Method not found\"}",
                "{\"code\":-32601.5,\"message\":\"Method not found\"}",
                "{\"code\":-32601,\"message\":[\"Method not found\"]}"
            })
    void anErrorThatIsNotWellFormedProvesNothing(String json) {
        RpcError read = RpcError.read(Slice.of(json));

        assertThat(Proof.of(200, read == null ? new RpcError(RpcError.INTERNAL, json) : read))
                .isEqualTo(Proof.NONE);
    }

    @Test
    void dataMayTakeAwayWhatTheMessageProves() {
        var said = new RpcError(-32000, "nonce too low", Slice.of("\"upstream closed\""));

        assertThat(Proof.of(200, written(said))).isEqualTo(Proof.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 301, 400, 401, 403, 404, 405, 408, 413, 415, 499, 500, 502, 503, 504, 524, 529})
    void aStatusAloneProvesNothing(int status) {
        assertThat(Proof.of(status, null)).isEqualTo(Proof.NONE);
    }

    @Test
    void tooManyRequestsIsSaidBeforeTheyAreLookedAt() {
        assertThat(Proof.of(429, null)).isEqualTo(Proof.TURNED_AWAY);
    }

    private static RpcError wellFormed(int code, String message) {
        return written(new RpcError(code, message));
    }

    private static RpcError written(RpcError error) {
        return Objects.requireNonNull(RpcError.read(Slice.of(Replies.error(error))));
    }
}
