package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose fault an error is, for calls that run what the caller sent. The first column names where the words are from.
class WhoseFaultTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # database and disk
                    goleveldb               | -32000 | leveldb: closed | INTERNAL
                    goleveldb               | -32000 | leveldb: not found | INTERNAL
                    goleveldb               | -32000 | leveldb/table: corruption on index-block (pos=80129766): checksum mismatch | INTERNAL
                    pebble                  | -32000 | pebble: closed | INTERNAL
                    pebble                  | -32000 | pebble: invalid batch | INTERNAL
                    libmdbx                 | -32000 | mdbx_txn_begin: MDBX_PANIC: Update of meta page failed | INTERNAL
                    libmdbx, Erigon         | -32000 | label: chaindata, mdbx_get: MDBX_CORRUPTED: Database is corrupted | INTERNAL
                    Reth                    | -32603 | database error: failed to read: Unknown error code: -30418 | INTERNAL
                    RocksDB, Nethermind     | -32603 | RocksDbSharp.RocksDbException: IO error: No space left on device | INTERNAL
                    RocksDB, Besu           | -32603 | org.rocksdb.RocksDBException: Corruption: block checksum mismatch | INTERNAL
                    geth freezer            | -32000 | ancient store is closed | INTERNAL
                    geth stateobject        | -32000 | code is not found in db | INTERNAL
                    SQLite                  | -32000 | database is locked | INTERNAL
                    Linux, ENOSPC           | -32000 | write /data/geth/chaindata/004711.log: no space left on device | INTERNAL
                    Linux, EMFILE           | -32000 | open /data/geth/chaindata/004711.ldb: too many open files | INTERNAL
                    Linux, EIO              | -32000 | read /data/geth/chaindata/004711.ldb: input/output error | INTERNAL
                    Linux, EINVAL of mdbx   | -32000 | mdbx_env_open: invalid argument | INTERNAL
                    Linux, EROFS            | -32000 | read-only file system | INTERNAL
                    Linux, ENOMEM           | -32000 | fork/exec: cannot allocate memory | INTERNAL
                    Go, os.ErrClosed        | -32000 | read /data/ancient/headers.cidx: file already closed | INTERNAL
                    any                     | -32000 | out of disk space | INTERNAL
                    Node, ENOSPC            | -32603 | ENOSPC: no space, write | INTERNAL
                    Rust                    | -32000 | lock poisoned: another task failed inside | INTERNAL
                    # network behind the node: forks, sequencers, remote databases
                    Go, io.ErrUnexpectedEOF | -32000 | unexpected EOF | INTERNAL
                    Go, net/http            | -32000 | Post `http://127.0.0.1:8551`: EOF | INTERNAL
                    Go, net                 | -32000 | dial tcp 127.0.0.1:8545: connect: connection refused | INTERNAL
                    Go, net                 | -32000 | dial tcp 127.0.0.1:8545: i/o timeout | INTERNAL
                    Go, net                 | -32000 | read tcp 127.0.0.1:50000->127.0.0.1:8545: read: connection reset by peer | INTERNAL
                    Go, net                 | -32000 | write tcp 127.0.0.1:50000->127.0.0.1:9090: write: broken pipe | INTERNAL
                    Go, net                 | -32000 | lookup node.invalid: no such host | INTERNAL
                    Go, net                 | -32000 | use of closed network connection | INTERNAL
                    Go, net/http            | -32000 | http: server closed idle connection | INTERNAL
                    Go, crypto/tls          | -32000 | remote error: tls: handshake failure | INTERNAL
                    Go, crypto/x509         | -32000 | x509: certificate signed by unknown authority | INTERNAL
                    Go, net/http            | -32000 | http2: server sent GOAWAY and closed the connection; LastStreamID=1999 | INTERNAL
                    grpc-go                 | -32000 | rpc error: code = Unavailable desc = error reading from server: EOF | INTERNAL
                    OpenSSL                 | -32603 | SSL routines:ssl3_get_record:wrong version number | INTERNAL
                    grpc-go                 | -32000 | rpc error: code = Unavailable desc = transport is closing | INTERNAL
                    reqwest, anvil's fork   | -32603 | Fork Error: error sending request for url (http://127.0.0.1:8545/) | INTERNAL
                    Node, hardhat's fork    | -32603 | connect ECONNREFUSED 127.0.0.1:8545 | INTERNAL
                    Node                    | -32000 | socket hang up | INTERNAL
                    Envoy                   | -32000 | upstream connect error or disconnect/reset before headers. reset reason: connection termination | INTERNAL
                    Go, context             | -32000 | context canceled | INTERNAL
                    Go, context             | -32000 | context deadline exceeded | OVERLOADED
                    .NET                    | -32603 | A task was canceled. | INTERNAL
                    # bugs
                    geth rpc                | -32603 | method handler crashed | INTERNAL
                    geth rpc                | -32000 | method handler crashed | INTERNAL
                    Go                      | -32000 | runtime error: invalid memory address or nil pointer dereference | INTERNAL
                    Rust                    | -32000 | task 42 panicked with message "called `Option::unwrap()` on a `None` value" | INTERNAL
                    Reth                    | -32603 | internal blocking task error | INTERNAL
                    Reth                    | -32603 | Batch transaction sender channel closed | INTERNAL
                    .NET, Nethermind        | -32000 | System.NullReferenceException: Object reference not set to an instance of an object. | INTERNAL
                    .NET, Nethermind        | -32000 | Exception of type 'Nethermind.Trie.TrieException' was thrown. | INTERNAL
                    JVM, Besu               | -32000 | java.lang.NullPointerException | INTERNAL
                    JVM, Besu               | -32000 | org.hyperledger.besu.plugin.services.exception.StorageException | INTERNAL
                    JVM, Besu               | -32000 | java.lang.OutOfMemoryError: Java heap space | INTERNAL
                    Alchemy                 | -32000 | Internal server error | INTERNAL
                    dRPC                    | 19     | Temporary internal error. Please retry, trace-id: 1f | INTERNAL
                    # providers
                    Alchemy                 | -32000 | Unable to complete request at this time. | OVERLOADED
                    Cloudflare              | -32046 | Cannot fulfill request | OVERLOADED
                    dRPC                    | 12     | Can't route your request to suitable provider, if you specified certain providers revise the list | OVERLOADED
                    Ankr                    | -32000 | failed to get response from the blockchain node | INTERNAL
                    Nethermind              | -32016 | x | OVERLOADED
                    Nethermind              | -32017 | x | OVERLOADED
                    # state that is not there
                    geth pathdb             | -32000 | layer stale | PRUNED
                    geth pathdb             | -32000 | waiting for sync | HEAD_NOT_THERE
                    geth pathdb             | -32000 | snapshot is not constructed | PRUNED
                    geth pathdb             | -32000 | historical state 5a is not available in path scheme yet | PRUNED
                    geth pathdb             | -32000 | state at block #1000 is pruned | PRUNED
                    geth eth/state_accessor | -32000 | required historical state unavailable (reexec=128) | PRUNED
                    geth                    | -32000 | missing trie node 0b (path 0a) state 0x5a is not available, not found | PRUNED
                    geth 4444               | 4444   | x | PRUNED
                    Nethermind              | -32000 | No state found for block 0xd4e5 | PRUNED
                    Erigon                  | -32000 | state is not available: history was pruned, lowest block 100 | PRUNED
                    geth XDC                | -32000 | header found, but block body is missing | PRUNED
                    geth                    | -32000 | transaction indexing is in progress | PRUNED
                    Erigon                  | -32000 | log index is being built | PRUNED
                    # blocks that are not there
                    geth tracers            | -32000 | block #16 not found | HEAD_NOT_THERE
                    geth tracers            | -32000 | block 0x5a7c1dd2 not found | HEAD_NOT_THERE
                    geth                    | -32000 | block not found | HEAD_NOT_THERE
                    geth                    | -32000 | header not found | HEAD_NOT_THERE
                    XDC                     | -32000 | header for number not found | HEAD_NOT_THERE
                    Reth                    | -32001 | block not found: 0x10 | HEAD_NOT_THERE
                    Erigon                  | -32000 | block 16(5a7c1dd2) not found | HEAD_NOT_THERE
                    Nethermind              | -32000 | Block 16 could not be found. Block with number 0x10 does not exist | HEAD_NOT_THERE
                    Avalanche               | -32000 | cannot query unfinalized data | HEAD_NOT_THERE
                    any                     | -32000 | node is not synced | HEAD_NOT_THERE
                    any                     | -32000 | requested block 100 is greater than latest 90 | HEAD_NOT_THERE
                    any                     | -32000 | block 0x64 is not yet available | HEAD_NOT_THERE
                    Filecoin                | -32000 | tipset at height 16 not found | HEAD_NOT_THERE
                    # what nobody knows
                    made up                 | -32000 | the frobnicator is out of order | UNCLEAR
                    made up                 | -32042 | the frobnicator is out of order | UNCLEAR
                    made up                 | 7      | the frobnicator is out of order | UNCLEAR
                    made up                 | -32000 | failed to obtain nonce | UNCLEAR
                    """)
    void theNodesOwnTroubleIsNotTheCallers(String source, int code, String message, ErrorMeaning expected) {
        assertThat(of("eth_call", code, message)).as(source).isEqualTo(expected);
        assertThat(of("eth_estimateGas", code, message)).as(source).isEqualTo(expected);
        assertThat(of("debug_traceCall", code, message)).as(source).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # execution-apis, error groups
                    execution-apis          | -38010 | Nonce too low
                    execution-apis          | -38011 | Nonce too high
                    execution-apis          | -38012 | Max fee per gas less than block base fee
                    execution-apis          | -38013 | Intrinsic gas too low
                    execution-apis          | -38014 | Insufficient funds for gas * price + value
                    execution-apis          | -38015 | Block gas limit exceeded
                    execution-apis          | -38020 | block numbers must be in order: 16 <= 16
                    execution-apis          | -38021 | block timestamps must be in order: 16 <= 16
                    execution-apis          | -38022 | MovePrecompileToAddress referenced itself in replacement
                    execution-apis          | -38023 | Multiple MovePrecompileToAddress referencing the same address to replace
                    execution-apis          | -38024 | Sender is not an EOA
                    execution-apis          | -38025 | Max init code size exceeded
                    execution-apis          | -38026 | Client adjustable limit exceeded
                    execution-apis          | -38021 | x
                    execution-apis          | -38010 | x
                    Nethermind              | 4445   | x
                    # validation before the EVM
                    geth core               | -32603 | nonce has max value
                    Reth                    | -32003 | nonce has max value
                    geth core               | -32000 | err: nonce has max value: address 0x00, nonce: 18446744073709551615 (supplied gas 1)
                    geth core               | -32000 | nonce uint64 overflow
                    geth core               | -32000 | gas limit reached
                    geth core               | -32000 | max fee per gas higher than 2^256-1
                    geth core               | -32000 | max priority fee per gas higher than 2^256-1
                    geth core               | -32000 | max fee per blob gas less than block blob gas fee
                    geth core               | -32000 | insufficient gas for floor data gas cost: gas 21000, minimum needed 22000
                    geth core               | -32000 | blob transaction of type create
                    geth core               | -32000 | blob transaction missing blob hashes
                    geth core               | -32000 | EIP-7702 transaction with empty auth list
                    geth core               | -32000 | EIP-7702 transaction cannot be used to create contract
                    Reth                    | -32003 | EIP-7702 authorization list has invalid fields
                    Reth                    | -32003 | EIP-7702 authorization list not supported
                    Reth                    | -32003 | blob_versioned_hashes is not supported for blocks before the Cancun hardfork
                    Reth                    | -32003 | max_fee_per_blob_gas is not supported for blocks before the Cancun hardfork
                    Reth                    | -32003 | blob transaction exceeds max blobs per block; got 7
                    Reth                    | -32003 | sender is not an EOA
                    Reth                    | -32000 | intrinsic gas too high
                    Besu                    | -32000 | Max priority fee per gas exceeds max fee per gas
                    Besu                    | -32009 | Gas price below current base fee
                    Nethermind              | -32000 | insufficient sender balance
                    # arguments
                    geth ethapi             | -32000 | both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified
                    geth ethapi             | -32000 | both "data" and "input" are set and not equal. Please use "input" to pass transaction call data
                    geth ethapi             | -32000 | contract creation without any data provided
                    geth ethapi             | -32000 | maxFeePerGas (1) < maxPriorityFeePerGas (2)
                    geth ethapi             | -32000 | gasPrice must be non-zero after London fork
                    geth ethapi             | -32000 | chainId does not match node's (have=5, want=1)
                    geth override           | -32000 | account 0x00 has both 'state' and 'stateDiff'
                    geth override           | -32000 | account 0x01 is not a precompile
                    geth override           | -32000 | account 0x01 has already been overridden by a precompile
                    geth hexutil            | -32000 | hex string of odd length
                    geth tracers            | -32000 | ReferenceError: BigNumber is not defined at <eval>:1:1
                    geth tracers            | -32000 | unauthorized    in server-side tracer function 'result'
                    Reth                    | -32602 | invalid tracer config
                    Reth                    | -32603 | JS Tracer is not enabled
                    made up                 | -32602 | leveldb: closed
                    # the EVM
                    geth vm                 | -32000 | contract creation code storage out of gas
                    geth vm                 | -32000 | stack limit reached 1024 (1023)
                    geth vm                 | -32000 | invalid code: must not begin with 0xef
                    Reth                    | -32003 | out of memory: memory limit exceeded during memory expansion
                    Reth                    | -32003 | EVM error: InvalidJump
                    Lotus                   | 1      | message execution failed (exit=[SysErrOutOfGas(7)], vm error=[])
                    Besu                    | -32000 | Transaction processing could not be completed due to an exception
                    """)
    void whatTheCallerSentIsNotTheNodesFault(String source, int code, String message) {
        assertThat(of("eth_call", code, message)).as(source).isEqualTo(ErrorMeaning.CALLERS);
        assertThat(of("eth_simulateV1", code, message)).as(source).isEqualTo(ErrorMeaning.CALLERS);
        assertThat(of("debug_traceCall", code, message)).as(source).isEqualTo(ErrorMeaning.CALLERS);
    }

    /// However a client says that the EVM reverted, with a reason that the contract chose.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "execution reverted: leveldb: closed",
                "Execution reverted: unexpected EOF",
                "execution reverted: dial tcp 127.0.0.1:1: connect: connection refused",
                "err: execution reverted: block #16 not found (supplied gas 30000000)",
                "VM Exception while processing transaction: revert context canceled",
                "Error: VM Exception while processing transaction: reverted with reason string 'no space left on device'",
                "Error: VM Exception while processing transaction: reverted with custom error 'Database()'",
                "Reverted java.lang.NullPointerException",
                "evm: execution reverted: method handler crashed",
                "message execution failed (exit=[33], revert reason=[Error(too many requests)], vm error=[])",
                "call_many error in bundle 0 and transaction 0: execution reverted: database is locked",
                "REVERT opcode executed: transaction indexing is in progress",
                "execution reverted: CONTRACT_REVERT_EXECUTED unauthorized",
                "failed to estimate gas: execution reverted: rate limit"
            })
    void aRevertIsTheCallersWhateverItsReason(String message) {
        for (int code : new int[] {3, -32000, -32003, -32015, -32603, 1, 429}) {
            assertThat(of("eth_call", code, message)).isEqualTo(ErrorMeaning.CALLERS);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    Server error        | "Reverted too many requests"
                    Internal error      | "execution reverted: leveldb: closed"
                    leveldb: closed     | "0x08c379a00000000000000000000000000000000000000000000000000000000000000020"
                    something           | "0x4e487b710000000000000000000000000000000000000000000000000000000000000011"
                    Internal JSON-RPC error. | {"code":3,"message":"execution reverted: unauthorized"}
                    """)
    void aRevertInDataIsTheCallersToo(String message, String data) {
        var error = new RpcError(-32000, message, Slice.of(data));

        assertThat(NodeErrors.complaint(MethodTable.of("eth_call"), 200, error, ""))
                .isEqualTo(ErrorMeaning.CALLERS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    geth          | -32000 | leveldb: closed | INTERNAL
                    Go            | -32000 | dial tcp 127.0.0.1:1: connect: connection refused | INTERNAL
                    geth          | -32603 | method handler crashed | INTERNAL
                    geth rlp      | -32000 | unexpected EOF | CALLERS
                    geth rlp      | -32000 | EOF | CALLERS
                    geth txpool   | -32000 | authority already reserved | CALLERS
                    geth txpool   | -32000 | missing sidecar in blob transaction | CALLERS
                    geth txpool   | -32000 | set code tx must have at least one authorization tuple | CALLERS
                    geth txpool   | -32000 | blobless blob transaction | CALLERS
                    geth ethapi   | 4      | The transaction was added to the transaction pool but wasn't processed in 20s. | CALLERS
                    Reth          | 4      | Transaction 0x5a was added to the mempool but wasn't confirmed within 30s. | CALLERS
                    geth core     | -32603 | EIP-7702 transaction with empty auth list | CALLERS
                    any           | -32603 | the signer set the wrong fee | CALLERS
                    any           | -32603 | failed to read the nonce | INTERNAL
                    Nethermind    | -32000 | The node is syncing | HEAD_NOT_THERE
                    """)
    void aSubmissionIsJudgedLikewise(String source, int code, String message, ErrorMeaning expected) {
        assertThat(of("eth_sendRawTransaction", code, message)).as(source).isEqualTo(expected);
    }

    /// A method that lacks something for what the caller sent is still offered.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    eth_call       | -32000 | this EIP is not supported before Cancun | CALLERS
                    eth_call       | -32000 | eth_call is not supported | UNSUPPORTED
                    eth_getLogs    | -32000 | Method eth_getLogs is not supported | UNSUPPORTED
                    eth_getLogs    | -32000 | not supported | UNSUPPORTED
                    debug_traceTransaction | -32600 | the namespace 'debug' is disabled for this URL | UNSUPPORTED
                    trace_block    | -32000 | the trace module is not enabled | UNSUPPORTED
                    """)
    void onlyAMethodThatIsNamedIsUnsupported(String method, int code, String message, ErrorMeaning expected) {
        assertThat(of(method, code, message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # proves that nothing was done
                    200 | -32000 | replacement transaction underpriced | false
                    200 | -32000 | insufficient funds for gas * price + value | false
                    200 | -32000 | unknown account | false
                    200 | 3      | execution reverted: timely | false
                    200 | -32601 | the method eth_sendTransaction does not exist/is not available | false
                    200 | -32602 | invalid argument 0: hex string without 0x prefix | false
                    200 | -32600 | Invalid Request | false
                    200 | -32700 | Parse error | false
                    429 | -32005 | project ID request rate exceeded | false
                    200 | -32005 | limit exceeded | false
                    401 | -32600 | Must be authenticated! | false
                    403 | -32002 | rejected due to project ID settings | false
                    413 | -32600 | request entity too large | false
                    200 | -32000 | txpool is full | false
                    200 | -32000 | server busy | false
                    503 | -32011 | no backends available for method | false
                    200 | -32008 | Initial sync is still in progress | false
                    200 | -32000 | missing trie node 0b | false
                    # proves nothing
                    200 | -32002 | request timed out | true
                    200 | -32000 | context deadline exceeded | true
                    200 | -32000 | context canceled | true
                    200 | -32603 | Internal error | true
                    200 | -32603 | x | true
                    200 | -32000 | x | true
                    200 | 42     | x | true
                    500 | -32000 | x | true
                    502 | -32000 | x | true
                    200 | -32000 | leveldb: closed | true
                    200 | -32000 | unexpected EOF | true
                    200 | -32000 | dial tcp 127.0.0.1:8545: connect: connection refused | true
                    200 | -32000 | read tcp 127.0.0.1:1->127.0.0.1:2: read: connection reset by peer | true
                    200 | -32603 | method handler crashed | true
                    200 | -32000 | System.NullReferenceException | true
                    200 | -32000 | transaction indexing is in progress | true
                    """)
    void onlyWhatProvesThatNothingWasDoneLetsACallBeSentAgain(int status, int code, String message, boolean acted) {
        assertThat(Proof.of(status, new RpcError(code, message), "", false) == Proof.LOST)
                .isEqualTo(acted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    nginx   | 503 | <html><title>503 Service Temporarily Unavailable</title></html> | false
                    HAProxy | 503 | <h1>503 Service Unavailable</h1> No server is available to handle this request. | false
                    nginx   | 429 | <html><title>429 Too Many Requests</title></html> | false
                    any     | 401 | `` | false
                    any     | 404 | 404 page not found | false
                    Envoy   | 503 | upstream connect error or disconnect/reset before headers. reset reason: connection termination | true
                    any     | 500 | `` | true
                    any     | 408 | `` | true
                    """)
    void theSameForAWordOfAProxy(String source, int status, String body, boolean acted) {
        assertThat(Proof.of(status, null, body, false) == Proof.LOST).as(source).isEqualTo(acted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gas is too little by far", "execution reverted: no"})
    void aStatusOf500SaysNothingWhereTheErrorDoes(String message) {
        var error = new RpcError(-32000, message);

        assertThat(NodeErrors.complaint(MethodTable.of("eth_call"), 500, error, ""))
                .isEqualTo(ErrorMeaning.CALLERS);
    }

    private static ErrorMeaning of(String method, int code, String message) {
        return NodeErrors.complaint(MethodTable.of(method), 200, new RpcError(code, message), "");
    }
}
