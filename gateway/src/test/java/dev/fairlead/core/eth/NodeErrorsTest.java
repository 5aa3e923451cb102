package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts and codes as the nodes and providers send them.
class NodeErrorsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # geth
                    eth_call         | 200 | 3      | execution reverted: ERC20: transfer amount exceeds balance | CALLERS
                    eth_call         | 200 | -32000 | out of gas | CALLERS
                    eth_call         | 200 | -32000 | invalid opcode: opcode 0xfe not defined | CALLERS
                    eth_call         | 200 | -32000 | stack underflow (0 <=> 1) | CALLERS
                    eth_call         | 200 | -32000 | err: max fee per gas less than block base fee: address 0x00, maxFeePerGas: 1, baseFee: 7 (supplied gas 30000000) | CALLERS
                    eth_call         | 200 | -32000 | err: insufficient funds for gas * price + value: address 0x00 have 0 want 1 (supplied gas 1) | CALLERS
                    eth_estimateGas  | 200 | -32000 | gas required exceeds allowance (30000000) | CALLERS
                    eth_call         | 200 | -32602 | invalid argument 0: json: cannot unmarshal hex string without 0x prefix | CALLERS
                    eth_call         | 200 | -32602 | missing value for required argument 0 | CALLERS
                    eth_call         | 200 | -32000 | execution aborted (timeout = 5s) | OVERLOADED
                    eth_call         | 200 | -32002 | request timed out | OVERLOADED
                    eth_call         | 200 | -32000 | header not found | HEAD_NOT_THERE
                    eth_call         | 200 | -32000 | missing trie node 0b1c (path ) state 0x5a is not available, not found | PRUNED
                    eth_call         | 200 | -32000 | historical state 5a7c1dd2 is not available | PRUNED
                    eth_call         | 200 | -32000 | historical state 12db34c0 is not available | PRUNED
                    eth_call         | 200 | -32000 | historical state db4c0912 is not available | PRUNED
                    eth_call         | 200 | -32000 | historical state c0912adb is not available | PRUNED
                    eth_call         | 200 | -32000 | missing trie node 4db0 (path 0db1) state 0x7db5 is not available, not found | PRUNED
                    eth_getBlockByHash | 200 | -32000 | block 0x1db2 not found | HEAD_NOT_THERE
                    eth_getLogs      | 200 | 4444   | pruned history unavailable | PRUNED
                    debug_traceCall  | 200 | -32000 | required historical state unavailable (reexec=128) | PRUNED
                    debug_traceTransaction | 200 | -32000 | transaction not found | HEAD_NOT_THERE
                    debug_traceBlockByNumber | 200 | -32000 | genesis is not traceable | CALLERS
                    eth_getLogs      | 200 | -32000 | invalid block range params | CALLERS
                    eth_getLogs      | 200 | -32602 | block range extends beyond current head block | HEAD_NOT_THERE
                    eth_getFilterChanges | 200 | -32000 | filter not found | CALLERS
                    eth_foo          | 200 | -32601 | the method eth_foo does not exist/is not available | UNSUPPORTED
                    eth_getBalance   | 200 | -39001 | Unknown block | HEAD_NOT_THERE
                    eth_getBlockByNumber | 200 | -39001 | no such thing | HEAD_NOT_THERE
                    eth_sendRawTransaction | 200 | -32000 | nonce too low: next nonce 5, tx nonce 3 | CALLERS
                    eth_sendRawTransaction | 200 | -32000 | already known | CALLERS
                    eth_sendRawTransaction | 200 | -32000 | replacement transaction underpriced | CALLERS
                    eth_sendRawTransaction | 200 | -32000 | transaction underpriced: tip needed 1, tip permitted 0 | CALLERS
                    eth_sendRawTransaction | 200 | -32000 | insufficient funds for gas * price + value: balance 0, tx cost 1, overshot 1 | CALLERS
                    eth_sendRawTransaction | 200 | -32000 | intrinsic gas too low: gas 0, minimum needed 21000 | CALLERS
                    eth_sendRawTransaction | 200 | -32000 | exceeds block gas limit | CALLERS
                    eth_sendRawTransaction | 200 | -32000 | tx fee (2.10 ether) exceeds the configured cap (1.00 ether) | CALLERS
                    eth_sendRawTransaction | 200 | -32000 | in-flight transaction limit reached for delegated accounts | CALLERS
                    eth_sendRawTransaction | 200 | -32000 | transaction type not supported | CALLERS
                    eth_sendRawTransaction | 200 | -32000 | rlp: expected input list for types.LegacyTx | CALLERS
                    eth_sendRawTransaction | 200 | -32000 | txpool is full | OVERLOADED
                    eth_sendRawTransaction | 200 | -32000 | some verdict nobody has heard of | CALLERS
                    # geth, read in its sources (1.16)
                    eth_getBalance                   | 200 | -32000 | hash is not currently canonical | HEAD_NOT_THERE
                    eth_call                         | 200 | -32000 | hash is not currently canonical | HEAD_NOT_THERE
                    eth_getBalance                   | 200 | -32000 | finalized header not found | HEAD_NOT_THERE
                    eth_getBalance                   | 200 | -32000 | safe block not found | HEAD_NOT_THERE
                    eth_getBlockReceipts             | 200 | -32000 | header found, but block body is missing | PRUNED
                    eth_getBlockByNumber             | 200 | -32000 | block body not found | PRUNED
                    eth_getBalance                   | 200 | -32000 | pending state is not available | HEAD_NOT_THERE
                    eth_getBlockReceipts             | 200 | -32000 | pending receipts is not available | HEAD_NOT_THERE
                    eth_getBlockByNumber             | 200 | -32000 | pending block is not available | HEAD_NOT_THERE
                    debug_traceBlockByNumber         | 200 | -32000 | no transaction in genesis | CALLERS
                    debug_traceCall                  | 200 | -32000 | tracing on top of pending is not supported | CALLERS
                    debug_traceCall                  | 200 | -32000 | invalid arguments; neither block nor hash specified | CALLERS
                    debug_getRawTransaction          | 200 | -32000 | transaction 0xab not found | HEAD_NOT_THERE
                    debug_storageRangeAt             | 200 | -32000 | transaction index 7 out of range for block 0xab | CALLERS
                    eth_signTransaction              | 200 | -32000 | gas not specified | CALLERS
                    eth_signTransaction              | 200 | -32000 | nonce not specified | CALLERS
                    eth_signTransaction              | 200 | -32000 | missing gasPrice or maxFeePerGas/maxPriorityFeePerGas | CALLERS
                    eth_fillTransaction              | 200 | -32000 | maxFeePerGas (0x3e) < maxPriorityFeePerGas (0x3e8) | CALLERS
                    eth_fillTransaction              | 200 | -32000 | maxFeePerGas must be non-zero | CALLERS
                    eth_fillTransaction              | 200 | -32000 | gasPrice must be non-zero after london fork | CALLERS
                    eth_fillTransaction              | 200 | -32000 | maxFeePerBlobGas, if specified, must be non-zero | CALLERS
                    eth_fillTransaction              | 200 | -32000 | maxFeePerGas and maxPriorityFeePerGas are not valid before London is active | CALLERS
                    eth_fillTransaction              | 200 | -32000 | chainId does not match node's (have=1, want=1337) | CALLERS
                    eth_sendTransaction              | 200 | -32000 | chainId does not match node's (have=1, want=1337) | CALLERS
                    eth_fillTransaction              | 200 | -32000 | number of blobs and commitments mismatch (have=1, want=2) | CALLERS
                    eth_fillTransaction              | 200 | -32000 | need at least 1 blob for a blob transaction | CALLERS
                    eth_resend                       | 200 | -32000 | missing transaction nonce in transaction spec | CALLERS
                    debug_accountRange               | 200 | -32000 | block #17 not found | HEAD_NOT_THERE
                    debug_getModifiedAccountsByNumber | 200 | -32000 | start block 17 not found | HEAD_NOT_THERE
                    debug_getModifiedAccountsByHash  | 200 | -32000 | end block ab not found | HEAD_NOT_THERE
                    debug_getModifiedAccountsByNumber | 200 | -32000 | start block height (5) must be less than end block height (3) | CALLERS
                    eth_getProof                     | 200 | -32000 | state history is not yet available in path-based scheme | PRUNED
                    eth_getBalance                   | 200 | -32000 | required historical state unavailable (reexec=128) | PRUNED
                    eth_estimateGas                  | 200 | -32000 | insufficient gas to process all authorizations | CALLERS
                    eth_getLogs                      | 200 | -32000 | can't specify fromBlock/toBlock with blockHash | CALLERS
                    eth_newFilter                    | 200 | -32000 | invalid addresses in query | CALLERS
                    eth_newFilter                    | 200 | -32000 | invalid topic(s) | CALLERS
                    eth_getTransactionReceipt        | 200 | -32000 | transaction indexing is in progress | PRUNED
                    eth_getTransactionByHash         | 200 | -32000 | transaction indexing is in progress | PRUNED
                    eth_getBlockByNumber             | 200 | -32602 | invalid argument 0: block number larger than int64 | CALLERS
                    eth_getTransactionCount          | 200 | -32602 | invalid argument 1: invalid block tag | CALLERS
                    # Besu uses the codes of EIP-1474 for other things
                    eth_call         | 200 | -32000 | Execution reverted | CALLERS
                    eth_call         | 200 | -32000 | World state unavailable | PRUNED
                    eth_getLogs      | 200 | -32005 | Requested range exceeds maximum RPC range limit | RANGE_CAPPED
                    eth_call         | 200 | -32603 | Timeout expired | OVERLOADED
                    eth_call         | 200 | -32603 | Internal error | INTERNAL
                    trace_block      | 200 | -32604 | Method not enabled | UNSUPPORTED
                    eth_sendRawTransaction | 200 | -32001 | Nonce too low | CALLERS
                    eth_sendRawTransaction | 200 | -32002 | Invalid signature | CALLERS
                    eth_sendRawTransaction | 200 | -32003 | Intrinsic gas exceeds gas limit | CALLERS
                    eth_sendRawTransaction | 400 | -32004 | Upfront cost exceeds account balance | CALLERS
                    eth_sendRawTransaction | 200 | -32005 | Transaction gas limit exceeds block gas limit | CALLERS
                    eth_sendRawTransaction | 200 | -32006 | Nonce too high | CALLERS
                    eth_sendRawTransaction | 200 | -32007 | Sender account not authorized to send transactions | CALLERS
                    eth_sendRawTransaction | 200 | -32008 | Initial sync is still in progress | HEAD_NOT_THERE
                    eth_sendRawTransaction | 200 | -32009 | Gas price below configured minimum gas price | CALLERS
                    eth_sendRawTransaction | 200 | -32000 | Transaction fee cap exceeded | CALLERS
                    # Nethermind
                    eth_call         | 200 | -32015 | VM execution error. | CALLERS
                    eth_call         | 200 | -32002 | No state available for block 0xd4e5 | PRUNED
                    eth_getLogs      | 200 | -32005 | Too many logs requested. Max logs per response is 20000. | RANGE_CAPPED
                    eth_sendRawTransaction | 200 | -32010 | InsufficientFunds, Account balance: 0, cumulative cost: 21000 | CALLERS
                    eth_sendRawTransaction | 200 | -32010 | FeeTooLowToCompete | CALLERS
                    eth_sendRawTransaction | 200 | -32010 | NonceGap, Future nonce. Expected nonce: 4 | CALLERS
                    eth_sendRawTransaction | 200 | -32010 | SenderIsContract | CALLERS
                    # Erigon
                    eth_getBlockReceipts | 200 | -32000 | block not found: 123456789 | HEAD_NOT_THERE
                    eth_getBalance   | 200 | -32000 | old data not available due to pruning: min pruned block 100 | PRUNED
                    # Reth
                    eth_getProof     | 200 | -32000 | distance to target block exceeds maximum proof window | PRUNED
                    eth_getLogs      | 200 | -32602 | query exceeds max block range 100000 | RANGE_CAPPED
                    eth_getLogs      | 200 | -32602 | query exceeds max results 20000, retry with the range 100-200 | RANGE_CAPPED
                    eth_call         | 200 | -32001 | block not found: hash 0xabcd | HEAD_NOT_THERE
                    eth_call         | 200 | -32003 | out of gas: gas required exceeds: 21000 | CALLERS
                    eth_sendRawTransaction | 200 | -32003 | max initcode size exceeded | CALLERS
                    # anvil
                    eth_call         | 200 | -32602 | BlockOutOfRangeError: block height is 10 but requested was 99 | HEAD_NOT_THERE
                    eth_call         | 200 | -32603 | EVM error InvalidFEOpcode | CALLERS
                    eth_sendRawTransaction | 200 | -32003 | transaction already imported | CALLERS
                    eth_subscribe    | 200 | -32603 | Not implemented | UNSUPPORTED
                    # Hardhat and ganache
                    eth_call         | 200 | -32603 | Error: VM Exception while processing transaction: reverted with reason string 'rate limit' | CALLERS
                    eth_call         | 200 | -32603 | Error: Transaction reverted without a reason string | CALLERS
                    eth_call         | 200 | -32000 | VM Exception while processing transaction: revert too many requests | CALLERS
                    eth_call         | 200 | -32602 | Received invalid block tag 99. Latest block number is 5 | HEAD_NOT_THERE
                    eth_foo          | 200 | -32004 | Method eth_foo is not supported | UNSUPPORTED
                    eth_sendRawTransaction | 200 | -32000 | Sender doesn't have enough funds to send tx. | CALLERS
                    # Parity
                    eth_sendRawTransaction | 200 | -32010 | Transaction gas price is too low. It does not satisfy your node's minimal gas price | CALLERS
                    eth_sendRawTransaction | 200 | -32010 | Invalid RLP data. | CALLERS
                    # Infura
                    eth_getLogs      | 200 | -32005 | query returned more than 10000 results. Try with this block range [0xA, 0xB]. | RANGE_CAPPED
                    eth_getLogs      | 200 | -32005 | query timeout exceeded | RANGE_CAPPED
                    eth_getLogs      | 200 | -32005 | range 1 - 2 exceeds limit of 10000 | RANGE_CAPPED
                    eth_call         | 429 | -32005 | daily request count exceeded, request rate limited | RATE_LIMITED
                    eth_call         | 429 | -32005 | project ID request rate exceeded | RATE_LIMITED
                    eth_call         | 402 | 402    | Payment Required | UNAUTHORIZED
                    eth_call         | 403 | -32002 | rejected due to project ID settings | UNAUTHORIZED
                    eth_call         | 200 | -32000 | project ID does not have access to archive state | PRUNED
                    # Alchemy
                    eth_call         | 429 | 429    | Your app has exceeded its compute units per second capacity. | RATE_LIMITED
                    eth_call         | 429 | 429    | Monthly capacity limit exceeded. Visit https://dashboard.alchemy.com/settings/billing to upgrade. | UNAUTHORIZED
                    eth_call         | 401 | -32600 | Must be authenticated! | UNAUTHORIZED
                    eth_getLogs      | 400 | -32602 | Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range. | RANGE_CAPPED
                    eth_getLogs      | 400 | -32600 | Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range. | RANGE_CAPPED
                    # QuickNode
                    eth_call         | 429 | -32007 | 50/second request limit reached - reduce calls per second or upgrade your account at quicknode.com | RATE_LIMITED
                    eth_getLogs      | 413 | -32614 | eth_getLogs is limited to a 10,000 range | RANGE_CAPPED
                    eth_getLogs      | 200 | -32000 | eth_getLogs and eth_newFilter are limited to a 10,000 blocks range | RANGE_CAPPED
                    # other providers and proxies
                    eth_getLogs      | 200 | -32000 | requested too many blocks from 1 to 20002, maximum is set to 10000 | RANGE_CAPPED
                    eth_getLogs      | 200 | -32000 | too wide blocks range, the limit is 1000 | RANGE_CAPPED
                    eth_getLogs      | 200 | -32005 | limit exceeded | RANGE_CAPPED
                    eth_call         | 200 | -32005 | limit exceeded | RATE_LIMITED
                    trace_block      | 200 | -32000 | Archive, Debug and Trace requests are not available on your current plan | UNSUPPORTED
                    eth_call         | 200 | -32016 | over rate limit | RATE_LIMITED
                    eth_sendRawTransaction | 200 | -32017 | sender is over rate limit | CALLERS
                    # this gateway itself, also behind a proxy
                    eth_call         | 508 | -32017 | This gateway has asked itself | LOOP
                    eth_call         | 502 | -32017 | This gateway has asked itself: one URL leads back to it | LOOP
                    eth_sendRawTransaction | 508 | -32017 | x | LOOP
                    eth_gasPrice     | 508 | -32000 | x | INTERNAL
                    eth_call         | 403 | -32601 | rpc method is not whitelisted | UNSUPPORTED
                    eth_call         | 503 | -32011 | no backends available for method | OVERLOADED
                    eth_getBlockByNumber | 200 | -32019 | block is out of range | HEAD_NOT_THERE
                    eth_call         | 200 | -32603 | service temporarily unavailable | OVERLOADED
                    eth_call         | 503 | -32603 | x | OVERLOADED
                    eth_call         | 500 | -32603 | x | INTERNAL
                    # by code alone
                    eth_call         | 200 | 3      | rate limit exceeded | CALLERS
                    eth_call         | 200 | -32602 | too many requests | CALLERS
                    eth_call         | 200 | -32600 | Invalid Request | CALLERS
                    eth_call         | 200 | -32700 | Parse error | INTERNAL
                    eth_call         | 200 | -32603 | x | INTERNAL
                    eth_call         | 200 | -32000 | x | UNCLEAR
                    eth_getBalance   | 200 | -32000 | x | INTERNAL
                    eth_getBalance   | 200 | -32001 | x | HEAD_NOT_THERE
                    eth_getBalance   | 200 | -32002 | x | OVERLOADED
                    eth_getBalance   | 200 | -32004 | x | UNSUPPORTED
                    eth_getBalance   | 200 | -32005 | x | RATE_LIMITED
                    eth_getBalance   | 200 | 42     | x | INTERNAL
                    eth_getBalance   | 429 | 42     | x | RATE_LIMITED
                    eth_getBalance   | 413 | 42     | x | RANGE_CAPPED
                    """)
    void anErrorIsUnderstood(String method, int status, int code, String message, ErrorMeaning expected) {
        var error = new RpcError(code, message);

        assertThat(NodeErrors.complaint(MethodTable.of(method), status, error, ""))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    429 | ``                                                   | RATE_LIMITED
                    403 | error code: 1015                                     | RATE_LIMITED
                    401 | ``                                                   | UNAUTHORIZED
                    402 | ``                                                   | UNAUTHORIZED
                    403 | invalid host specified                               | UNAUTHORIZED
                    200 | {"message":"Invalid API key"}                        | UNAUTHORIZED
                    405 | ``                                                   | UNSUPPORTED
                    413 | <html>413 Request Entity Too Large</html>            | RANGE_CAPPED
                    503 | <html>503 Service Temporarily Unavailable</html>     | OVERLOADED
                    502 | <html>502 Bad Gateway</html>                         | INTERNAL
                    500 | Internal Server Error                                | INTERNAL
                    404 | 404 page not found                                   | INTERNAL
                    400 | Bad Request                                          | INTERNAL
                    200 | <html>welcome</html>                                 | INTERNAL
                    """)
    void aBodyThatIsNotJsonRpcIsUnderstood(int status, String body, ErrorMeaning expected) {
        assertThat(NodeErrors.complaint(MethodTable.of("eth_call"), status, null, body))
                .isEqualTo(expected);
    }

    @Test
    void aTextInDataCountsWhereTheMessageSaysNothing() {
        var error = new RpcError(-32000, "Server error", Slice.of("\"query returned more than 10000 results\""));

        assertThat(NodeErrors.complaint(MethodTable.of("eth_getLogs"), 200, error, ""))
                .isEqualTo(ErrorMeaning.RANGE_CAPPED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "execution reverted: rate limit",
                "execution reverted: missing trie node",
                "execution reverted: method not found",
                "Reverted: too many requests",
                "revert: service unavailable",
                "VM Exception while processing transaction: revert header not found",
                "rpc error: code = Unknown desc = execution reverted: unauthorized"
            })
    void noContractSteersTheRoutingByItsRevertReason(String message) {
        for (int code : new int[] {3, -32000, -32015, -32603, -32005, 429}) {
            assertThat(NodeErrors.complaint(MethodTable.of("eth_call"), 200, new RpcError(code, message), ""))
                    .isEqualTo(ErrorMeaning.CALLERS);
        }
    }

    @Test
    void noContractSteersTheRoutingByRevertDataEither() {
        var error = new RpcError(-32015, "VM execution error.", Slice.of("\"Reverted too many requests\""));

        assertThat(NodeErrors.complaint(MethodTable.of("eth_call"), 200, error, ""))
                .isEqualTo(ErrorMeaning.CALLERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "already known",
                "INTERNAL_ERROR: existing tx with same hash",
                "ALREADY_EXISTS: already known",
                "Known transaction",
                "Known transaction: 0xdead",
                "known transaction. transaction with hash 0xdead is already in the system",
                "AlreadyKnown",
                "Transaction with the same hash was already imported.",
                "transaction already imported",
                "Pool(AlreadyImported)",
                "tx already exists in cache",
                "tx already in mempool",
                "already in the mempool",
                "transaction already finalized",
                "duplicate transaction",
                "Duplicate transaction 0xdead",
                "already have transaction 0xdead",
                "pending transaction with same hash already exists",
                "A transaction with the same hash already exists in the mempool",
                "transaction with the same hash is already in the pool",
                "tx already exist",
                "transaction already exists in the pool",
                "TRANSACTION_ALREADY_KNOWN",
                "Transaction is already in the transaction pool",
                "transaction has already been mined",
                "txn-already-known"
            })
    void aTransactionThatTheNodeHasIsKnown(String message) {
        assertThat(NodeErrors.alreadyKnown(new RpcError(-32000, message))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown transaction type",
                "Unknown transaction",
                "nonce too low",
                "replacement transaction underpriced",
                "OwnNonceAlreadyUsed",
                "address already reserved",
                "duplicate transaction nonce",
                "Tx with same nonce already inserted",
                "another transaction already exists with nonce 7",
                ""
            })
    void aTransactionThatWasRefusedIsNotKnown(String message) {
        assertThat(NodeErrors.alreadyKnown(new RpcError(-32000, message))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonce too low",
                "nonce too low: next nonce 5, tx nonce 3",
                "Nonce too low",
                "Nonce too low. Expected nonce to be 5 but got 3. Note that transactions can't be queued when automining.",
                "Transaction nonce is too low. Try incrementing the nonce.",
                "OldNonce, Current nonce: 5, nonce of rejected tx: 3",
                "Pool(Stale)",
                "err: nonce too low: address 0x00, tx: 3 state: 5"
            })
    void aUsedUpNonceIsSeen(String message) {
        assertThat(ErrorWording.NONCE_TOO_LOW.in(ErrorWording.normal(message))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonce too high", "NonceGap, Future nonce. Expected nonce: 4", "already known", "invalid nonce"})
    void anyOtherNonceTroubleIsNotTooLow(String message) {
        assertThat(ErrorWording.NONCE_TOO_LOW.in(ErrorWording.normal(message))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-32005 | request took too long",
                "-32005 | the call took longer than 30s",
                "-32005 | upstream node is not responding",
                "-32700 | unexpected end of JSON input",
                "-32700 | invalid character '<' looking for beginning of value (upstream response)",
                "-32601 | upstream closed",
                "-32602 | socket hang up",
                "-32000 | no response",
                "-32000 | client closed request",
                "-32603 | stream terminated",
            })
    void whatWasLostOnTheWayMayHaveBeenDoneWhateverTheCodeSays(int code, String message) {
        assertThat(mayHaveActed(200, new RpcError(code, message), "")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-32005 | rate limit exceeded",
                "-32005 | daily request count exceeded, request rate limited",
                "-32700 | parse error",
                "-32601 | the method eth_x does not exist/is not available",
                "-32602 | invalid argument 0: hex string without 0x prefix",
                "-32000 | insufficient funds for gas * price + value",
            })
    void whatIsAVerdictProvesThatNothingWasDone(int code, String message) {
        assertThat(mayHaveActed(200, new RpcError(code, message), "")).isFalse();
    }

    @Test
    void aNodeThatTimedOutMayHaveActed() {
        assertThat(mayHaveActed(504, null, "")).isTrue();
        assertThat(mayHaveActed(502, null, "")).isTrue();
        assertThat(mayHaveActed(200, new RpcError(-32002, "request timed out"), ""))
                .isTrue();
        assertThat(mayHaveActed(200, null, "upstream request timeout")).isTrue();

        assertThat(mayHaveActed(500, null, "")).isTrue();
        assertThat(mayHaveActed(520, null, "")).isTrue();
        assertThat(mayHaveActed(524, null, "")).isTrue();
        assertThat(mayHaveActed(500, new RpcError(-32601, "unknown method"), ""))
                .isFalse();
        assertThat(mayHaveActed(429, null, "Too Many Requests")).isFalse();
        assertThat(mayHaveActed(503, new RpcError(-32603, "overloaded"), "")).isFalse();
    }

    private static boolean mayHaveActed(int status, @Nullable RpcError error, String bodyStart) {
        return Proof.of(status, error, bodyStart, false) == Proof.LOST;
    }
}
