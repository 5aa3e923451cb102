package dev.fairlead.core.eth;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The words by which nodes and providers are known to mean one thing, lower case. They are matched within an error's
/// text, from word start to word end, and where two could match, the earlier group wins. Phrases rather than words: a
/// stray "limit" or "not found" must not change where a call goes.
record ErrorWording(ErrorMeaning meaning, List<String> phrases) {
    /// Longer texts are the node's own log, and cost time.
    private static final int LONGEST = 1024;

    private static final String EXCEPTION = "exception";

    private static final List<String> EXECUTION = phrases("""
                    execution reverted | revert | reverted | vm exception | vm execution error | evm error |
                    transaction reverted | transaction execution error | call reverted |
                    transaction processing could not be completed due to an exception | out of gas |
                    out of memory: memory limit exceeded during memory expansion | outofgas | invalid opcode |
                    bad instruction | message execution failed | stack underflow | stack limit reached |
                    invalid jump destination""");

    /// Some nodes put a prefix before these: `rpc error: code = Unknown desc = execution reverted: …`. A
    /// contract's own words follow one of them, and the words of a caller's tracer follow all but the last.
    private static final ErrorWording EXECUTED = new ErrorWording(ErrorMeaning.CALLERS, phrases("""
                    execution reverted | vm exception | revert | reverts | reverted | reverting |
                    vm execution error | in server-side tracer function"""));

    /// A transaction that the node has already.
    static final ErrorWording ALREADY_KNOWN = new ErrorWording(ErrorMeaning.CALLERS, phrases("""
                    was added to the mempool | was added to the transaction pool |
                    already known | alreadyknown | already_known | transaction_already_known |
                    known transaction | same hash was already imported | transaction already imported |
                    already imported | alreadyimported | transaction already finalized |
                    existing tx with same hash | already in mempool | already in the mempool |
                    already in the pool | already in pool | already in the txpool | already exists in cache |
                    transaction already exists | transaction already exist | tx already exists | tx already exist |
                    duplicate transaction | duplicated transaction | duplicate tx | duplicated tx |
                    transaction is a duplicate | duplicate_transaction | already have transaction |
                    already have tx | already have this transaction | same hash already exists |
                    same hash is already | same hash was already | already in the system |
                    already in the tx pool | already in the transaction pool | already in transaction pool |
                    already in tx pool | already in txpool | transaction is already in | tx is already in |
                    transaction already in block | transaction already mined | transaction already included |
                    transaction already confirmed | transaction already processed |
                    transaction has already been imported | transaction has already been mined |
                    transaction has already been included | transaction has already been submitted |
                    txn-already-known | txn-already-in-mempool | already in block chain"""));

    static final ErrorWording NONCE_TOO_LOW = new ErrorWording(ErrorMeaning.CALLERS, phrases("""
                    nonce too low | nonce is too low | nonce_too_low | noncetoolow | oldnonce |
                    nonce has already been used | pool(stale)"""));

    /// A range of blocks that the node cannot look through.
    static final ErrorWording BAD_RANGE =
            new ErrorWording(ErrorMeaning.CALLERS, List.of("invalid block range params", "invalid block range"));

    /// Verdicts on a transaction or on params.
    private static final ErrorWording VERDICT = new ErrorWording(ErrorMeaning.CALLERS, phrases("""
                    insufficient funds | insufficientfunds | insufficient balance |
                    upfront cost exceeds account balance | upfront_cost_exceeds_balance |
                    doesn't have enough funds | gas required exceeds allowance | intrinsic gas |
                    intrinsic_gas_exceeds_limit | gas too low | gas limit too low | gaslimitexceeded |
                    exceeds block gas limit | exceeds_block_gas_limit | transaction gas limit |
                    gas uint64 overflow | exceeds the configured cap | underpriced |
                    always failing transaction | nonce has max value | nonce uint64 overflow |
                    gas limit reached | gas limit exceeded | floor data gas | gas limit too high |
                    max priority fee per gas | maxfeepergas | maxpriorityfeepergas | max fee per blob gas |
                    both gasprice and | both "data" and "input" | contract creation without any data |
                    blob transaction | blobless | blob fee | blob count | blob hash | blob hashes |
                    blob versioned hashes | blob proof | blob proofs | blob gas | too many blobs | sidecar |
                    kzg | authorization list | set code tx | authorization tuple | delegated accounts |
                    delegation | authority | 'state' and 'statediff' | is not a precompile |
                    already overridden | already been overridden | initcode | init code | sender is not an eoa |
                    numbers must be in order | timestamps must be in order | empty transaction data |
                    tracer not found | invalid tracer | unsupported tracer | hex string | odd length |
                    cannot unmarshal | was added to the transaction pool | was added to the mempool |
                    replacementnotallowed | int256overflow | transaction rejected | code storage out of gas |
                    chainid does not match | gas price too low | gas price below | gas price is too low |
                    fee cap exceeded | exceeds max fee per gas | gas_price_too_low | feetoolow |
                    feetoolowtocompete | fee cap less than block base fee |
                    fee per gas less than block base fee | max fee per gas less than |
                    max priority fee per gas higher than max fee per gas | tip higher than fee cap |
                    nonce too high | nonce gap | invalid nonce | invalid transaction nonce | the correct nonce |
                    nonce is too distant | invalid transaction with a lower nonce | ownnoncealreadyused |
                    noncegap | nonce_too_far_in_future | gapped nonce | invalid sender | invalid signature |
                    invalid chain id | wrong chain id | incorrect chain id | wrong_chain_id |
                    chain id mismatch | wrong chainid | chainid is required | chainid not supported |
                    only replay-protected | replay-protected (eip-155) transactions |
                    transaction type not supported | transaction type not valid | tx type not supported |
                    invalid transaction | failed to decode signed transaction | typed transaction too short |
                    rlp | oversized data | negative value | max initcode size exceeded |
                    max code size exceeded | sender not an eoa | sender is over rate limit |
                    sender account not authorized | total blob gas too high |
                    marked the transaction as invalid | senderiscontract | inflight transaction limit reached |
                    account limit exceeded | future transaction tries to replace pending | already reserved |
                    out of gas | write protection | max call depth exceeded | contract address collision |
                    return data out of bounds | invalid code: must not begin with 0xef | invalid argument |
                    missing value for required argument | invalid block range | invalid block range params |
                    begin block is greater than end block | filter not found | subscription not found |
                    genesis is not traceable | no transaction in genesis | tracing on top of pending |
                    invalid reward percentile | invalid duration | can't specify fromblock/toblock |
                    invalid addresses in query | invalid topic(s) | gas not specified | nonce not specified |
                    maxfeeperblobgas | must be less than end block | out of range for block | unknown account | authentication needed: password or unlock"""));

    /// Trouble of the node's own, whatever it was asked: its database, disk, memory and network, and its bugs.
    private static final ErrorWording TROUBLE = new ErrorWording(ErrorMeaning.INTERNAL, phrases("""
                    database | db | leveldb | pebble | rocksdb | mdbx | lmdb | badger | sqlite | freezer |
                    ancient | corrupt | corrupted | corruption | checksum mismatch | no space left | disk full |
                    out of disk | disk space | disk is full | disk quota | too many open files |
                    input/output error | i/o error | read-only file system | permission denied |
                    cannot allocate memory | out of memory | outofmemoryerror | file already closed |
                    bad file descriptor | no such file or directory | stale file handle | unexpected eof |
                    broken pipe | connection refused | connection reset | connection aborted |
                    connection closed | connection lost | connection error | closed network connection |
                    closed the connection | server closed idle connection | no such host | name resolution |
                    getaddrinfo | enotfound | econnrefused | econnreset | etimedout | epipe | socket hang up |
                    network is unreachable | host is unreachable | no route to host | host is down |
                    tls handshake | handshake failure | handshake failed | x509 | tls | ssl | certificate |
                    name or service not known | econnaborted | ehostunreach | enetunreach | eai_again | enospc |
                    emfile | dial tcp | dial unix | dial udp | read tcp | write tcp | transport is closing |
                    transport error | error sending request | stream closed | stream error | channel closed |
                    fetch failed | failed to fetch | network error | could not connect | failed to connect |
                    disconnect/reset before headers | upstream connect error | connection termination |
                    context canceled | context cancelled | operation was canceled | operation was cancelled |
                    task was canceled | task was cancelled | request canceled | request cancelled |
                    handler crashed | runtime error | nil pointer | invalid memory address | goroutine |
                    segmentation fault | sigsegv | poisoned | java heap space | panicked |
                    object reference not set | exception of type | java.lang | java.util | java.io |
                    disposed object | unhandled exception | uncaught exception | internal error |
                    internal server error | internal eth error | internal exception | blocking task error |
                    backend error | unknown error | unexpected error | something went wrong | fatal error |
                    failed to get response"""));

    private static final ErrorWording BEHIND = new ErrorWording(ErrorMeaning.HEAD_NOT_THERE, phrases("""
                    header not found | header for hash not found | could not find block | cannot find block |
                    unknown block | block not found | doesn't exist yet | block is out of range |
                    sync is still in progress | block is not available | blockoutofrangeerror |
                    block height is | block out of range | block range extends beyond current head block |
                    latest block number is | after last accepted block | cannot query unfinalized data |
                    block number is in the future | requested a future | transaction not found |
                    finalized block not found | safe block not found | head block not found | node is syncing |
                    not synced | not in sync | out of sync | not fully synced | greater than latest |
                    higher than latest | ahead of the head | exceeds latest | beyond latest | above the head |
                    not yet available | not yet been processed | waiting for sync | sync in progress |
                    sync is in progress | is syncing | catching up | unknown header | missing block |
                    missing header | no such block | no block with | no block found | nonexistent block |
                    future block | invalid block tag | not yet synchronized | still syncing |
                    beyond head block | not currently canonical | pending state is not available |
                    pending receipts is not available"""));

    private static final ErrorWording GONE = new ErrorWording(ErrorMeaning.PRUNED, phrases("""
                    missing trie node | state not available | state is not available | no state available |
                    state unavailable | historical state | no historical rpc | state already discarded |
                    state histories haven't been fully indexed yet | pruned | pruning |
                    pruned history unavailable | history unavailable | maximum proof window |
                    access to archive state | archive state | archive node | archive data | archive mode |
                    archive requests | layer stale | no state found | state not found | missing state |
                    state missing | state root not found | state is unrecoverable | not covered yet |
                    snapshot is not constructed | trie | trie node | block body | receipts not found |
                    data not available | earliest available | too old | is not available, lowest available"""));

    /// What the node looks up by has yet to be made.
    static final ErrorWording INDEXING = new ErrorWording(ErrorMeaning.PRUNED, phrases("""
                    indexing | being indexed | not indexed | not been indexed | index is not available |
                    log index | index is being | index not ready | state history is not yet available"""));

    private static final ErrorWording CAPPED = new ErrorWording(ErrorMeaning.RANGE_CAPPED, phrases("""
                    exceed max addresses | pending logs are not supported | query returned more than | returned more than | query exceeds max | query exceeds limit |
                    query block range exceeds | query timeout exceeded | block range | blocks range |
                    block range limit | range too large | range is too large | range too wide |
                    range is too wide | exceeds maximum rpc range limit | exceed maximum block range |
                    exceeds the range | exceeds limit of | too many blocks | specify less number of address |
                    limit the query to | too many logs | too many results | max results |
                    max logs per response | response size exceeded | response size should not |
                    response too large | response is too big | response exceeds | request too large |
                    request entity too large | content too large | body too large | batch too large |
                    try with this | ranges over"""));

    private static final ErrorWording REFUSED_US = new ErrorWording(ErrorMeaning.UNAUTHORIZED, phrases("""
                    unauthorized | not authorized | unauthenticated | must be authenticated |
                    authentication required | invalid api key | invalid apikey | api key is invalid |
                    api key is not | missing api key | invalid project id | project id required |
                    rejected due to project id settings | invalid access token | invalid token |
                    token is invalid | invalid jwt | missing token | access denied | not allowed to access |
                    forbidden | invalid host specified | payment required | monthly capacity limit |
                    settings/billing | reached the free tier"""));

    private static final ErrorWording TOO_FAST = new ErrorWording(ErrorMeaning.RATE_LIMITED, phrases("""
                    rate limit | rate limited | rate limits | rate-limit | rate-limited | ratelimit |
                    ratelimited | ratelimitexceeded | rate_limited | rate exceeded | request rate |
                    too many requests | too many request | requests limited to | request limit |
                    requests limit | request count exceeded | requests per second | requests per minute |
                    compute units | compute unit | throughput | throttled | throttling | quota |
                    capacity exceeded | capacity limit | over capacity | exceeded its capacity |
                    out of credits | no credits | insufficient credits | credits exhausted | credit limit |
                    has exceeded | error code: 1015 | too many concurrent | concurrent requests | usage limit |
                    rps limit | slow down | daily limit"""));

    private static final ErrorWording NOT_OFFERED = new ErrorWording(ErrorMeaning.UNSUPPORTED, phrases("""
                    method not found | method not supported | method is not supported | method not allowed |
                    method not enabled | method not available | method is not available |
                    method is not allowed | method is disabled | method disabled |
                    method handler crashed: not supported | unsupported method | unknown method |
                    does not exist/is not available | no such method | unrecognized method | not whitelisted |
                    not implemented | unimplemented | not included in your current plan |
                    transaction pool not enabled | not available on your | upgrade your plan"""));

    private static final ErrorWording BUSY = new ErrorWording(ErrorMeaning.OVERLOADED, phrases("""
                    overloaded | server busy | is busy | too busy | timeout | timed out |
                    timeout while executing | deadline exceeded | try again later | temporarily unavailable |
                    service unavailable | under too much load | too many connections | at capacity |
                    txpool is full | pool is full | mempool is full | transaction pool is full |
                    no backends available | no backend is currently healthy | shutting down |
                    execution aborted | not ready | starting up | please retry | retry later | try again |
                    unable to complete request | cannot fulfill request | can't route your request |
                    no healthy | unhealthy | no available"""));

    /// The node gave up waiting; the work that it waited for may go on.
    static final ErrorWording TIMED_OUT = new ErrorWording(
            ErrorMeaning.OVERLOADED,
            List.of("timeout", "timed out", "deadline exceeded", "bad gateway", "gateway time-out"));

    /// A proxy waited for its node in vain, or could not read what came. Whatever the code, the node may have
    /// done what it was asked.
    static final ErrorWording LOST_ON_THE_WAY = new ErrorWording(ErrorMeaning.INTERNAL, phrases("""
                    took too long | takes too long | taking too long | took longer | not responding | no response |
                    did not respond | didn't respond | upstream closed | upstream is closed | closed request |
                    stream terminated | unexpected end of json | unexpected end of input | invalid character |
                    unexpected token | beginning of value | socket hang up | connection closed | connection reset |
                    no reply | no answer | empty response | empty reply | invalid response | bad response |
                    invalid json response | malformed response | hung up | reset by peer"""));

    /// Speaks of the method only where it names the method, or says nothing else; "blob hashes are not
    /// supported" does not.
    static final ErrorWording NOT_SUPPORTED = new ErrorWording(
            ErrorMeaning.UNSUPPORTED,
            List.of("is not supported", "are not supported", "not supported", "unsupported", "disabled"));

    /// Says that something broke, but not what.
    private static final ErrorWording HOLLOW = new ErrorWording(
            ErrorMeaning.INTERNAL, List.of("internal error", "internal server error", "unknown error", "server error"));

    /// Means the range of a log query, and nothing in particular elsewhere.
    static final ErrorWording LIMIT = new ErrorWording(ErrorMeaning.RANGE_CAPPED, phrases("""
                    limit exceeded | exceeds limit | exceeds the limit | limited to | too large | maximum"""));

    private static final List<ErrorWording> ORDER = List.of(
            ALREADY_KNOWN,
            NONCE_TOO_LOW,
            INDEXING,
            TROUBLE,
            VERDICT,
            BEHIND,
            GONE,
            CAPPED,
            REFUSED_US,
            TOO_FAST,
            NOT_OFFERED,
            BUSY);

    private static final List<String> BLOCKS = List.of("block", "header", "height", "tipset");
    private static final List<String> TRANSACTIONS = List.of("transaction");
    private static final List<String> NOT_FOUND = List.of("not found");
    private static final List<String> METHODS = List.of("method", "module", "namespace", "endpoint", "api");
    private static final List<String> MISSING = List.of(
            "not found", "not exist", "doesn't exist", "not available", "unavailable", "is unknown", "is missing");
    private static final List<String> NOT_DONE = List.of(
            "not found",
            "not exist",
            "doesn't exist",
            "not available",
            "unavailable",
            "not supported",
            "not allowed",
            "disabled",
            "not enabled");

    /// Words that show that a text which is in no list is a verdict on what the caller sent.
    private static final ErrorWording TRADE = new ErrorWording(ErrorMeaning.CALLERS, phrases("""
                    gas | nonce | fee | fees | opcode | stack | jump | calldata | signature | signer | sender |
                    funds | balance | blob | blobs | access list | accesslist | override | overrides |
                    precompile | tracer | argument | arguments | param | params | parameter | parameters | hex |
                    abi | selector | chain id | chainid | transaction type | tx type | gasprice | eip |
                    typeerror | referenceerror | syntaxerror | address | eoa | 0xef | overflow | underflow |
                    division by zero | code size"""));

    private static final ErrorWording READING_FAILED = new ErrorWording(ErrorMeaning.INTERNAL, phrases("""
                    failed | failure | unable | could not | couldn't | cannot get | cannot read | cannot load |
                    error getting | error reading | error fetching | error loading"""));

    static List<String> phrases(String lines) {
        return Stream.of(lines.split("[|\n]"))
                .map(String::strip)
                .filter(phrase -> !phrase.isEmpty())
                .toList();
    }

    /// Whether [#normal] cuts off its end, so that its whole meaning is not known.
    static boolean isLong(String text) {
        return text.length() > LONGEST;
    }

    static String normal(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return start.strip().toLowerCase(Locale.ROOT);
    }

    /// Whether it is an error with which the EVM ended. The text behind these words may be the contract's own.
    static boolean isExecution(String text) {
        String start = text.startsWith("error: ") ? text.substring("error: ".length()) : text;
        return EXECUTION.stream().anyMatch(phrase -> start.startsWith(phrase) && endsAt(start, phrase.length()))
                || EXECUTED.in(text);
    }

    static @Nullable ErrorMeaning complaint(String text) {
        if (text.isEmpty()) return null;
        for (ErrorWording errorWording : ORDER) {
            if (errorWording.in(text)) return errorWording.meaning;
        }
        if (isBroken(text)) return ErrorMeaning.INTERNAL;
        if (saysOf(METHODS, NOT_DONE, text)) return ErrorMeaning.UNSUPPORTED;
        boolean missing = saysOf(BLOCKS, MISSING, text) || saysOf(TRANSACTIONS, NOT_FOUND, text);
        return missing ? ErrorMeaning.HEAD_NOT_THERE : null;
    }

    /// Whether a text that means nothing known speaks of what the caller sent, rather than of what the node could not
    /// get at.
    static boolean isVerdict(String text) {
        return TRADE.in(text) && !READING_FAILED.in(text);
    }

    /// Whether something went wrong at the node, or between a proxy and its node.
    static boolean isTrouble(String text) {
        return TROUBLE.in(text) || isLost(text) || INDEXING.in(text) || isBroken(text);
    }

    /// Whether it says that its sender gave up waiting, or could not read what came.
    static boolean isLost(String text) {
        return TIMED_OUT.in(text) || LOST_ON_THE_WAY.in(text);
    }

    static boolean isHollow(String text) {
        return HOLLOW.in(text);
    }

    /// Whether it says, and says no more, that decoding met the end of a transaction that was cut short.
    static boolean isCutShort(String text) {
        return text.equals("eof") || text.equals("unexpected eof");
    }

    /// A stream that ended, or an exception of Java or .NET by its name: `System.NullReferenceException`.
    private static boolean isBroken(String text) {
        if (text.equals("eof") || text.endsWith(": eof")) return true;
        for (int at = text.indexOf(EXCEPTION); at >= 0; at = text.indexOf(EXCEPTION, at + 1)) {
            if (at > 0 && isLetter(text.charAt(at - 1))) return true;
        }
        return false;
    }

    /// Whether the text names one of `things` and then says one of `said` of it: `block #16 not found`.
    private static boolean saysOf(List<String> things, List<String> said, String text) {
        for (String thing : things) {
            int at = find(thing, text);
            if (at < 0) continue;
            for (String words : said) {
                if (text.indexOf(words, at) >= 0) return true;
            }
        }
        return false;
    }

    boolean in(String text) {
        return phrases.stream().anyMatch(phrase -> find(phrase, text) >= 0);
    }

    /// "known transaction" must not be found in "unknown transaction type", and "db" not in an address.
    private static int find(String phrase, String text) {
        for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
            int end = at + phrase.length();
            boolean alone = (at == 0 || !isLetter(text.charAt(at - 1))) && endsAt(text, end);
            if (alone && !(isHex(phrase) && isBesideDigit(text, at, end))) return at;
        }
        return -1;
    }

    private static boolean isHex(String phrase) {
        return phrase.chars().allMatch(c -> c >= 'a' && c <= 'f');
    }

    private static boolean isBesideDigit(String text, int at, int end) {
        return (at > 0 && isDigit(text.charAt(at - 1))) || (end < text.length() && isDigit(text.charAt(end)));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean endsAt(String text, int at) {
        return at == text.length() || !isLetter(text.charAt(at));
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }
}
