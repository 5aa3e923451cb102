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
            400 | -32000 | invalid sender                                                      | INVALID
            200 | -32000 | invalid chain id for signer: have 1 want 5                          | INVALID
            200 | -32000 | rlp: expected input list for types.LegacyTx                         | INVALID
            200 | -32000 | invalid signature, upstream closed                                  | LOST
            200 | -32000 | filter not found                                                    | VERDICT
            200 | -32000 | Filter not found                                                    | VERDICT
            200 | -32603 | Filter with id: 5 does not exist.                                   | VERDICT
            200 | -32602 | invalid block range params                                          | VERDICT
            200 | -32602 | exceed max topics                                                   | VERDICT
            200 | -32005 | query returned more than 10000 results                              | VERDICT
            200 | -32000 | upstream says: filter not found                                     | NONE
            200 | -32000 | nonce too low, invalid sender                                       | VERDICT
            502 | -32000 | nonce too low                                                       | VERDICT
            200 | 3      | execution reverted: request timed out                               | VERDICT
            200 | -32603 | VM Exception while processing transaction: reverted with reason 'bad gateway' | VERDICT
            200 | -32602 | No Signer available                                                 | VERDICT
            200 | -32602 | Empty transaction data                                              | VERDICT
            200 | -32602 | Failed to decode transaction                                        | INVALID
            200 | -32602 | expected params sequence with length 1 but got 0                    | VERDICT
            200 | -32602 | invalid length 0, expected tuple of 1 element                       | VERDICT
            200 | -32602 | Incorrect parameters count, expected: 1, actual: 0                  | VERDICT
            200 | -32602 | No more params                                                      | VERDICT
            200 | -32602 | too many arguments, want at most 1                                  | VERDICT
            200 | -32602 | Invalid params: data did not match any variant of untagged enum     | VERDICT
            200 | -32000 | typed transaction too short                                         | INVALID
            200 | -32000 | no key for given address or file                                    | VERDICT
            200 | -32602 | No Signer available; the call was relayed                           | NONE
            200 | -32602 | invalid argument 0: hex string without 0x prefix                    | VERDICT
            200 | -32602 | missing value for required argument 0                               | VERDICT
            400 | -32600 | Invalid Request                                                     | VERDICT
            # not done by this node, or not for us
            200 | -32601 | the method eth_sendTransaction does not exist/is not available      | NOT_OFFERED
            404 | -32601 | Method not found                                                    | NOT_OFFERED
            500 | -32601 | Method not found                                                    | NOT_OFFERED
            200 | -32000 | method not supported                                                | NOT_OFFERED
            200 | -32004 | Unsupported method: eth_sendTransaction                             | NOT_OFFERED
            401 | -32000 | unauthorized                                                        | NOT_OFFERED
            403 | -32000 | Forbidden                                                           | NOT_OFFERED
            403 | -32000 | Access denied for this key.                                         | NOT_OFFERED
            401 | -32000 | Unauthorized: invalid API key                                       | NONE
            200 | -32000 | invalid api key                                                     | NOT_OFFERED
            200 | -32000 | The provided API key is invalid. Please use a valid API key         | NOT_OFFERED
            200 | -32000 | unauthorized                                                        | NONE
            401 | -32000 | what                                                                | NONE
            401 | -32000 | hello world                                                         | NONE
            401 | -32000 | tx broadcast, session over                                          | NONE
            401 | -32000 | session expired                                                     | NONE
            401 | -32000 | sent, then session expired                                          | NONE
            401 | -32000 | transaction expired while waiting, it may be mined                  | NONE
            401 | -32000 | unauthorized to read the receipt of the transaction that was sent   | NONE
            403 | -32000 | unauthorized (tx forwarded)                                         | NONE
            403 | -32000 | invalid api key; request was broadcast                              | NONE
            200 | -32000 | invalid api key, transaction queued                                 | NONE
            401 | -32000 | ``                                                                  | NONE
            402 | -32000 | payment required, transaction sent                                  | NONE
            404 | -32000 | gone                                                                | LOST
            200 | -32600 | Must be authenticated!                                              | NOT_OFFERED
            403 | -32002 | rejected due to project ID settings                                 | NOT_OFFERED
            508 | -32017 | it leads back to this gateway                                       | NOT_OFFERED
            200 | -32601 | ``                                                                  | NONE
            200 | -32601 | .                                                                   | NONE
            200 | -32601 | !                                                                   | NONE
            200 | -32601 | `  `                                                                | NONE
            200 | -32601 | ''                                                                  | NONE
            200 | -32601 | Not found                                                           | NOT_OFFERED
            200 | -32601 | Method eth_sendTransaction not supported                            | NOT_OFFERED
            200 | -32601 | Method 'eth_sendTransaction' is not supported.                      | NOT_OFFERED
            200 | -32601 | The method "eth_sendTransaction" is not available on this network   | NOT_OFFERED
            200 | -32601 | method not found: eth_sendTransaction                               | NOT_OFFERED
            200 | -32601 | Method not found (eth_sendTransaction)                              | NOT_OFFERED
            200 | -32601 | this method doesn't exist                                           | NOT_OFFERED
            200 | -32601 | eth_sendTransaction is not supported, please use eth_sendRawTransaction instead | NOT_OFFERED
            200 | -32601 | the method eth_x does not exist/is not available here: it is for those who run a node; call the node itself | NOT_OFFERED
            200 | -32601 | Unsupported method: eth_sendTransaction. Alchemy does not hold users' private keys. See available methods at https://docs.alchemy.com/alchemy/documentation/apis | NOT_OFFERED
            200 | -32601 | the method eth_sendTransaction is not available on freetier, please upgrade to paid tier | NOT_OFFERED
            400 | -32600 | Unsupported method: eth_sendTransaction on ETH_MAINNET              | NOT_OFFERED
            200 | -32600 | The method 'eth_sendTransaction' is found but the namespace 'Eth' is disabled for http://127.0.0.1:1. Consider adding the namespace | NOT_OFFERED
            200 | -32604 | Method not enabled                                                  | NOT_OFFERED
            200 | -32001 | rpc method is not whitelisted                                       | NOT_OFFERED
            200 | -32000 | method eth_sendTransaction is not included in your current plan. Upgrade your plan at https://127.0.0.1 | NOT_OFFERED
            200 | -32000 | unknown method eth_sendTransaction                                  | NOT_OFFERED
            200 | -32000 | the method is currently not implemented: eth_sendTransaction        | NOT_OFFERED
            200 | -32000 | the method has been deprecated: eth_sendTransaction                 | NOT_OFFERED
            200 | -32600 | The method 'eth_sendTransaction' is found but the namespace 'Eth' is disabled for http://127.0.0.1:8545. Consider adding the namespace 'Eth' to JsonRpc.AdditionalRpcUrls for an additional URL, or to JsonRpc.EnabledModules for the default URL. | NOT_OFFERED
            200 | -32600 | The method 'eth_sendTransaction' is found but the namespace 'Eth' is disabled for n/a. | NOT_OFFERED
            200 | -32600 | The method 'eth_sendTransaction' is found in namespace 'Eth' for http://127.0.0.1:8545' but is disabled for Http. | NOT_OFFERED
            200 | -32600 | eth_sendTransaction is not available on the Free tier - upgrade to Pay As You Go, or Enterprise for access. See available methods at https://127.0.0.1/docs | NOT_OFFERED
            200 | -32000 | method not supported. see available methods at https://x ; your call was passed to the sequencer | NONE
            200 | -32000 | method not supported. see available methods at https://x/your-call-was-sent | NONE
            200 | -32601 | method not supported. see available methods at https://x, after the call went through | NONE
            200 | -32000 | method not found. upgrade to pro: the transaction is in our queue   | NONE
            200 | -32601 | the method eth_x does not exist/is not available here: node geth-1 took it | NONE
            200 | -32601 | the method eth_x is found but the namespace eth is disabled for replies; the call went through | NONE
            200 | -32601 | the method eth_x is found but the namespace eth is disabled for reading after dispatch | NONE
            200 | -32601 | method eth_x not available on your plan, upgrade your plan to see its hash | NONE
            200 | -32601 | method not found; use eth_getTransactionReceipt                     | NONE
            200 | -32601 | method not found, upgrade to see what became of it                  | NONE
            200 | -32601 | Unsupported method: eth_x. Alchemy does not hold users' private keys. See what we did with it | NONE
            200 | -32000 | key not found                                                       | LOST
            200 | -32000 | no key                                                              | LOST
            200 | -32000 | token missing                                                       | LOST
            508 | -32017 | This gateway has asked itself: the call went on to geth-1           | NONE
            200 | -32017 | it leads back to the sequencer, which has it                        | NONE
            200 | -32000 | nonce too low (tx broadcast)                                        | NONE
            200 | -32000 | nonce too low, passed to the sequencer                              | NONE
            # turned away
            429 | -32005 | project ID request rate exceeded                                    | TURNED_AWAY
            429 | 429    | Your app has exceeded its compute units per second capacity         | TURNED_AWAY
            200 | -32005 | rate limit exceeded                                                 | TURNED_AWAY
            200 | -32007 | 15/second request limit reached - reduce calls per second           | TURNED_AWAY
            # proves nothing
            200 | -32000 | EOF                                                                 | LOST
            200 | -32000 | unexpected EOF                                                      | LOST
            200 | -32000 | Post "http://127.0.0.1:1": EOF                                      | LOST
            200 | -32000 | no response                                                         | LOST
            200 | -32000 | bad gateway                                                         | LOST
            200 | -32000 | 502 Bad Gateway                                                     | LOST
            200 | -32000 | service unavailable                                                 | NONE
            200 | -32000 | context deadline exceeded                                           | LOST
            200 | -32602 | socket hang up                                                      | LOST
            200 | -32602 | invalid argument: upstream closed                                   | LOST
            200 | -32601 | upstream closed                                                     | LOST
            200 | -32601 | eth_sendTransaction timed out                                       | LOST
            200 | -32601 | the method eth_sendTransaction timed out and is not available       | LOST
            200 | -32601 | method disabled while transaction pending                           | NONE
            200 | -32601 | method eth_sendTransaction disabled while transaction pending       | NONE
            200 | -32601 | forbidden                                                           | NONE
            403 | -32601 | forbidden                                                           | NONE
            401 | -32601 | unauthorized                                                        | NONE
            200 | -32601 | access denied                                                       | NONE
            200 | -32601 | account not found                                                   | NONE
            200 | -32601 | transaction not found                                               | NONE
            200 | -32601 | the transaction does not exist                                      | NONE
            200 | -32601 | method not found in cache, transaction queued                       | NONE
            200 | -32601 | the method is not available for a moment, the transaction is queued | NONE
            200 | -32601 | method not available until the pending transaction is mined         | NONE
            200 | -32601 | eth_sendTransaction is disabled: nonce 7 is pending                 | NONE
            200 | -32601 | Method not found. Transaction 0x12 is pending                       | NONE
            200 | -32601 | method handler crashed                                              | NONE
            200 | -32601 | not supported twice                                                 | NONE
            200 | -32000 | method disabled while transaction pending                           | NONE
            200 | -32000 | not implemented: wallet lock, transaction pending                   | NONE
            200 | -32000 | forbidden while a transaction is pending                            | NONE
            200 | -32000 | not supported                                                       | NONE
            200 | -32601 | flux                                                                | NONE
            200 | -32600 | flux                                                                | NONE
            200 | -32602 | flux                                                                | NONE
            200 | -32700 | Parse error                                                         | NONE
            200 | -32700 | unexpected end of JSON input                                        | LOST
            200 | -32005 | flux                                                                | NONE
            200 | -32005 | limit exceeded                                                      | NONE
            200 | -32000 | request has exceeded its time                                       | NONE
            200 | -32000 | disk quota exceeded                                                 | LOST
            200 | -32000 | rate limit hit after 2 attempts                                     | NONE
            200 | -32000 | rate limited by upstream                                            | NONE
            429 | -32005 | too many requests while waiting for receipt                         | NONE
            429 | -32005 | the request timed out                                               | LOST
            200 | -32001 | The transaction was added to the mempool but wasn't processed in 2s. | NONE
            200 | 4      | The transaction was added to the transaction pool but wasn't processed in 20s | NONE
            200 | -32000 | already known                                                       | NONE
            200 | -32000 | duplicate transaction                                               | NONE
            200 | -32000 | nonce too low, all upstreams failed                                 | NONE
            200 | 3      | bad gateway                                                         | LOST
            200 | -32603 | Internal error                                                      | LOST
            200 | -32000 | transaction indexing is in progress                                 | LOST
            200 | -32000 | server busy                                                         | NONE
            200 | -32000 | header not found                                                    | NONE
            200 | -32000 | leveldb: closed                                                     | LOST
            200 | -32000 | x                                                                   | LOST
            200 | -32000 | ``                                                                  | LOST
            200 | 0      | flux                                                                | LOST
            502 | -32601 | Method not found                                                    | LOST
            503 | -32005 | rate limit exceeded                                                 | NONE
            504 | -32000 | invalid api key                                                     | LOST
            408 | -32601 | Method not found                                                    | LOST
            """)
    void onlyWhatStandsInTheListsProvesAnything(int status, int code, String message, Proof expected) {
        assertThat(Proof.of(status, wellFormed(code, message), "", false)).isEqualTo(expected);
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

        assertThat(Proof.of(read == null ? new RpcError(RpcError.INTERNAL, json) : read))
                .isIn(Proof.NONE, Proof.LOST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Method not found"              | NOT_OFFERED
            "eth_sendTransaction"           | NOT_OFFERED
            {"method":"eth_sendTransaction"} | NOT_OFFERED
            "transaction pending"           | NONE
            "timed out"                     | NONE
            {"message":"signing is locked while a transaction is pending"} | NONE
            """)
    void dataMayTakeAwayThatTheMethodIsNotThere(String data, Proof expected) {
        var said = new RpcError(RpcError.METHOD_NOT_FOUND, "Method not found", Slice.of(data));

        assertThat(Proof.of(written(said))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            -32601 | the method eth_sendTransaction does not exist/is not available   | NOT_OFFERED
            -32000 | The method ETH_SENDTRANSACTION does not exist/is not available   | NOT_OFFERED
            -32601 | Method not found                                                 | NOT_OFFERED
            -32601 | eth_sendTransaction is not supported, please use eth_sendRawTransaction instead | NOT_OFFERED
            -32600 | Unsupported method: eth_sendTransaction on ETH_MAINNET           | NOT_OFFERED
            -32601 | the method eth_sendRawTransaction does not exist/is not available | NONE
            -32601 | the method eth_getTransactionReceipt does not exist/is not available | NONE
            -32000 | the method eth_getTransactionReceipt does not exist/is not available | NONE
            -32601 | method not found: eth_getTransactionCount                        | NONE
            -32601 | method not available for eth_getTransactionReceipt               | NONE
            -32000 | eth_estimateGas is not supported                                 | NONE
            -32000 | unknown method eth_getTransactionReceipt                         | NONE
            -32601 | the method eth_sendtransaction_v2 does not exist/is not available | NONE
            """)
    void onlyTheMethodThatWasAskedIsNotOffered(int code, String message, Proof expected) {
        var proof = Proof.of("eth_sendTransaction", 200, wellFormed(code, message), "", false);

        if (expected == Proof.NONE) assertThat(proof).isIn(Proof.NONE, Proof.LOST);
        else assertThat(proof).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            -32601 | method not found | "eth_getTransactionReceipt"
            -32601 | method not found | {"txHash":"0xab","cause":"timeout"}
            -32601 | method not found | {"txHash":"0xab"}
            -32601 | method not found | {"method":"eth_sendTransaction","txHash":"0xab"}
            -32601 | method not found | ["0xab"]
            -32601 | method not found | 7
            -32000 | unauthorized     | "transaction sent"
            -32000 | unauthorized     | {"cause":"timeout after broadcast","txHash":"0xab"}
            -32000 | invalid api key  | {}
            -32000 | forbidden        | true
            """)
    void dataThatSaysMoreTakesAwayWhatARefusalProves(int code, String message, String data) {
        var said = written(new RpcError(code, message, Slice.of(data)));

        for (int status : new int[] {200, 401, 403}) {
            assertThat(Proof.of("eth_sendTransaction", status, said, "", false)).isIn(Proof.NONE, Proof.LOST);
        }
    }

    @Test
    void whatStandsBehindALongTextIsNotLeftOut() {
        for (String form : "method not found|invalid api key".split("\\|")) {
            String message = form + " ".repeat(1100) + "transaction sent";
            assertThat(Proof.of(wellFormed(-32601, message))).isIn(Proof.NONE, Proof.LOST);
            var data = new RpcError(-32601, "method not found", Slice.of('"' + message + '"'));
            assertThat(Proof.of(written(data))).isIn(Proof.NONE, Proof.LOST);
        }
    }

    @Test
    void aMethodWhoseNameHasNoNamespaceIsNamedToo() {
        RpcError said = wellFormed(-32601, "the method sendTransaction does not exist/is not available");

        assertThat(Proof.of("sendTransaction", 200, said, "", false)).isEqualTo(Proof.NOT_OFFERED);
        assertThat(Proof.of("send", 200, said, "", false)).isEqualTo(Proof.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":-32601,\"message\":\"method not found\",\"txHash\":\"0xab\"}",
                "{\"code\":-32601,\"message\":\"method not found\",\"details\":\"the call was queued\"}",
                "{\"code\":-32601,\"message\":\"it was queued\",\"message\":\"method not found\"}",
                "{\"code\":-32601,\"data\":\"queued\",\"message\":\"method not found\",\"data\":null}",
                "{\"code\":-32000,\"message\":\"invalid api key\",\"info\":{}}"
            })
    void membersThatNoNodeSendsTakeAwayWhatARefusalProves(String json) {
        assertThat(Proof.of(Objects.requireNonNull(RpcError.read(Slice.of(json)))))
                .isIn(Proof.NONE, Proof.LOST);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 407, 429, 503})
    void aStatusProvesNothingBesideABodyThatSaysMore(int status) {
        for (String body : "transaction sent|{\"txHash\":\"0xab\"}|queued for broadcast|accepted".split("\\|")) {
            assertThat(Proof.of(status, null, body, true)).isEqualTo(Proof.NONE);
        }
    }

    @Test
    void dataMayTakeAwayWhatTheMessageProves() {
        var said = new RpcError(-32000, "nonce too low", Slice.of("\"upstream closed\""));

        assertThat(Proof.of(written(said))).isIn(Proof.NONE, Proof.LOST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | NONE
            204 | NONE
            301 | NONE
            400 | NONE
            404 | NONE
            405 | NONE
            413 | NONE
            415 | NONE
            499 | NONE
            503 | NONE
            529 | NONE
            401 | BARRED
            402 | BARRED
            403 | BARRED
            407 | BARRED
            408 | LOST
            500 | LOST
            502 | LOST
            504 | LOST
            520 | LOST
            524 | LOST
            """)
    void aStatusAloneProvesNothing(int status, Proof expected) {
        assertThat(Proof.of(status, null, "", false)).isEqualTo(expected);
        assertThat(Proof.of(status, null, "upstream request timeout", false)).isEqualTo(Proof.LOST);
    }

    @Test
    void whoSaysWhenToComeAgainHasNotBegun() {
        assertThat(Proof.of(503, null, "", true)).isEqualTo(Proof.BARRED);
    }

    @Test
    void tooManyRequestsIsSaidBeforeTheyAreLookedAt() {
        assertThat(Proof.of(429, null, "", false)).isEqualTo(Proof.TURNED_AWAY);
    }

    private static RpcError wellFormed(int code, String message) {
        return written(new RpcError(code, message));
    }

    private static RpcError written(RpcError error) {
        return Objects.requireNonNull(RpcError.read(Slice.of(Replies.error(error))));
    }
}
