package dev.fairlead.core.eth;

import dev.fairlead.core.jsonrpc.RpcError;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an objection proves of a call that must not be done twice, and of a signed transaction: the one place
/// where that is decided. The rule is closed: only what stands in the lists below proves anything, and only as
/// a well-formed JSON-RPC error. A text that is in no list proves nothing. Neither does the text of a node or
/// proxy that asked another node: that one may have acted.
public enum Proof {
    /// A verdict on the bytes of a transaction: no node takes them.
    INVALID,
    /// The node judged the call, and its words are the answer.
    VERDICT,
    /// The node offers no such calls, or none to this gateway: it did nothing, and another one may be asked.
    NOT_OFFERED,
    /// Turned away because there were too many calls. A proxy may have passed the call on before it was turned
    /// away itself, so another node is asked only for what is signed already.
    TURNED_AWAY,
    /// A bare status that is sent before a call is looked at: no key, no plan, or come again later.
    BARRED,
    /// It may have been done: the words do not say when the node stopped.
    NONE,
    /// It may well have been done: a timeout, trouble inside the node, a proxy that lost its node.
    LOST;

    /// Stands for any method whose calls must not be done twice.
    private static final Method ONCE =
            new Method("", Method.Kind.STATEFUL, MethodFamily.UNKNOWN, BlockAt.NOWHERE, false, Method.Offer.ANY_NODE);

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int CLIENT_LEFT = 499;
    private static final int SERVER_ERROR = 500;

    /// What follows are a contract's own words.
    private static final ErrorWording EXECUTED =
            wording("execution reverted | vm exception while processing transaction");

    /// A node or proxy that uses these words asked another one, or asked more than once, or has taken the call
    /// already.
    private static final ErrorWording OF_OTHERS = wording("""
            upstream | upstreams | proxy | gateway | backend | backends | retry | retries | retried | attempt |
            attempts | was added | been added | was accepted | been accepted | was submitted | been submitted |
            was sent | been sent | was broadcast | been broadcast | unavailable | receipt | waiting | waited | awaiting |
            confirmation | confirmations | relayed | relaying | forwarded | forwarding | broadcasted | rebroadcast |
            dispatched | delivered | propagated | sequencer | fallback | falling back | went through | passed on |
            passed to | handed on | handed to | sent to | sent anyway | tx sent | transaction sent | tx broadcast |
            transaction broadcast | in our queue | in the queue""");

    /// Beginnings of texts that object to the bytes of a signed transaction, whatever state the chain is in.
    private static final ErrorWording OF_BYTES = wording("""
            invalid sender | invalid signature | invalid transaction v, r, s values | invalid chain id |
            wrong chain id | incorrect chain id | chain id mismatch | chainid does not match | only replay-protected |
            transaction type not supported | tx type not supported | transaction type not valid | rlp |
            typed transaction too short | failed to decode signed transaction | failed to decode transaction""");

    private static final ErrorWording JUDGED = wording("""
            nonce too low | nonce is too low | nonce too high | nonce is too high | nonce gap | noncegap | oldnonce |
            invalid nonce | incorrect nonce | invalid transaction nonce | the correct nonce | nonce is too distant |
            nonce has already been used | gapped nonce | nonce has max value | ownnoncealreadyused |
            underpriced | gas price too low | gas price below | gas price is too low | feetoolow | feetoolowtocompete |
            max fee per gas less than | max priority fee per gas higher than max fee per gas | tip higher than fee cap |
            fee cap less than block base fee | fee cap exceeded | exceeds the configured cap |
            insufficient funds | insufficientfunds | insufficient balance | not enough funds |
            doesn't have enough funds | does not have enough funds | upfront cost exceeds account balance |
            transaction would cause overdraft | intrinsic gas | gas limit too low | gas limit too high |
            exceeds block gas limit | gaslimitexceeded | gas required exceeds allowance | gas uint64 overflow |
            floor data gas | out of gas | txpool is full | transaction pool is full | mempool is full |
            invalid sender | invalid signature | invalid chain id | wrong chain id | incorrect chain id |
            chain id mismatch | chainid does not match | only replay-protected | transaction type not supported |
            tx type not supported | transaction type not valid | invalid transaction | oversized data | negative value |
            max initcode size exceeded | sender is not an eoa | sender not an eoa | sender account not authorized |
            unknown account | authentication needed: password or unlock | account is locked |
            could not decrypt key with given password | gas not specified | nonce not specified | both gasprice and |
            both "data" and "input" | contract creation without any data | no signer available |
            no key for given address or file | sender account not recognized | signer not found |
            is not managed by the node | from field is not an unlocked account | empty transaction data |
            typed transaction too short | failed to decode signed transaction | failed to decode transaction""");

    /// Of calls for filters: whoever reads these makes a new filter, or asks for less.
    private static final ErrorWording OF_FILTERS = wording("""
            filter not found | filter with id | no filter found | filter id not found | invalid block range |
            begin block is greater than end block | exceed max addresses | exceed max topics |
            exceed maximum block range | invalid addresses in query | invalid topic(s) |
            can't specify fromblock/toblock | cannot specify both blockhash | pending logs are not supported |
            query returned more than | query exceeds max results | query exceeds max block range |
            requested range exceeds""");

    /// Under the codes for requests and params.
    private static final ErrorWording MALFORMED = wording("""
            invalid argument | invalid params | invalid param | invalid parameter | invalid parameters |
            invalid request | missing value for required argument | missing required | missing field |
            too many arguments | too many params | wrong number of | hex string | odd length | cannot unmarshal |
            invalid type | invalid length | unknown field | data type size mismatch | invalid address | invalid hex |
            expected params | expected params sequence | no more params | incorrect parameters count |
            incorrect parameter count | wrong parameter count | missing argument | missing params | missing param |
            missing parameter | missing parameters | missing transaction | too few arguments | too few params |
            not enough params | not enough arguments | did not match any variant | failed to deserialize |
            deserialization error | failed to decode | failed to parse | expected sequence | expected a sequence |
            expected a hex | expected hex | empty hex | invalid string length | odd number of digits |
            invalid value | non-hex character | not valid hex | rlp""");

    private static final ErrorWording TOO_MANY = wording("""
            rate limit | rate limited | rate limits | rate-limit | rate-limited | ratelimit | ratelimited |
            rate exceeded | too many requests | too many request | request limit reached | requests per second |
            requests per minute | request count exceeded | compute units per second | throttled""");

    /// All texts with which this gateway refuses a call that it has sent to itself.
    private static final Pattern LOOP = Pattern.compile("This gateway has asked itself"
            + "(?: at the (?:listener for clients|admin API) \\((?:server|admin).listen\\)"
            + ": the URL of one of its nodes leads back to it; remove that node)?"
            + "|no node of chain [A-Za-z0-9._-]{1,100} is left: each that may be asked leads back to this gateway;"
            + " remove it, or correct its URL|it leads back to this gateway");

    /// Words in a body that say more than its status does.
    private static final ErrorWording OF_DEEDS = wording("""
            broadcast | broadcasted | submitted | forwarded | queued | sent | relayed | accepted | pending | mined |
            txhash | tx hash | transactionhash | transaction hash | hash | upstream | upstreams | backend | backends""");

    /// Whether the node's words are the answer to a call that must not be done twice.
    public boolean isVerdict() {
        return this == INVALID || this == VERDICT;
    }

    /// What an error proves that came with a status which says nothing.
    public static Proof of(RpcError error) {
        return of(OK, error, "", false);
    }

    /// As below, of a method that is not known.
    public static Proof of(int status, @Nullable RpcError error, String bodyStart, boolean later) {
        return of("", status, error, bodyStart, later);
    }

    /// @param method the name of what was asked
    /// @param error null when the reply had none
    /// @param bodyStart then, the beginning of its body
    /// @param later whether the node said when to come again
    public static Proof of(String method, int status, @Nullable RpcError error, String bodyStart, boolean later) {
        Proof proven = error == null ? null : ofError(method, status, error);
        if (proven != null) return proven;
        if (wasLost(status, error, bodyStart)) return LOST;
        return error == null && !OF_DEEDS.in(ErrorWording.normal(bodyStart)) ? ofStatus(status, later) : NONE;
    }

    /// Whether something broke at the node, or between a proxy and its node. Verdicts, limits and refusals
    /// that prove too little do not count.
    private static boolean wasLost(int status, @Nullable RpcError error, String bodyStart) {
        if (status == 502 || status == 504 || status == TIMED_OUT) return true;
        String text = ErrorWording.normal(error == null ? bodyStart : error.message());
        if (ErrorWording.isLost(text)) return true;
        if (error == null) return saysNothing(status) || ErrorWording.complaint(text) == ErrorMeaning.INTERNAL;
        if (error.code() == RpcError.PARSE) return false;
        return switch (NodeErrors.complaint(ONCE, status, error, "")) {
            case INTERNAL, UNCLEAR -> true;
            // eth_sendRawTransactionSync looks for the receipt once it has sent
            case PRUNED -> ErrorWording.INDEXING.in(text);
            case CALLERS, RATE_LIMITED, OVERLOADED, UNSUPPORTED, HEAD_NOT_THERE -> false;
            case RANGE_CAPPED, UNAUTHORIZED, LOOP -> false;
        };
    }

    /// Something broke, perhaps behind the sender of the status. Two of these are Cloudflare's own, for an
    /// answer that did not come.
    private static boolean saysNothing(int status) {
        return status == SERVER_ERROR || status == 520 || status == 524;
    }

    private static Proof ofStatus(int status, boolean later) {
        return switch (status) {
            case TOO_MANY_REQUESTS -> TURNED_AWAY;
            case UNAUTHORIZED, 402, FORBIDDEN, 407 -> BARRED;
            case 503 -> later ? BARRED : NONE;
            default -> NONE;
        };
    }

    private static @Nullable Proof ofError(String method, int status, RpcError error) {
        if (NodeErrors.isLoop(status, error))
            return LOOP.matcher(error.message()).matches() ? NOT_OFFERED : null;
        if (error.raw().isEmpty()) return status == TOO_MANY_REQUESTS ? TURNED_AWAY : null;
        String text = ErrorWording.normal(error.message());
        String data = NodeErrors.dataText(error.data());
        if (isExecution(text)) return VERDICT;
        if (isDoubtful(text) || isDoubtful(data)) return null;
        if (isOfBytes(text)) return INVALID;
        if (isJudged(error.code(), text)) return VERDICT;
        return isOfWhoeverSaysSo(status) ? refusal(method, status, error, text) : null;
    }

    private static boolean isExecution(String text) {
        return EXECUTED.phrases().stream().anyMatch(text::startsWith);
    }

    private static boolean isOfBytes(String text) {
        return OF_BYTES.in(text) && OF_BYTES.phrases().stream().anyMatch(text::startsWith);
    }

    private static boolean isDoubtful(String text) {
        return ErrorWording.isTrouble(text) || ErrorWording.ALREADY_KNOWN.in(text) || OF_OTHERS.in(text);
    }

    private static boolean isJudged(int code, String text) {
        if (JUDGED.in(text) || OF_FILTERS.in(text)) return true;
        boolean ofParams = code == RpcError.INVALID_PARAMS || code == RpcError.INVALID_REQUEST;
        return ofParams && MALFORMED.in(text);
    }

    private static @Nullable Proof refusal(String method, int status, RpcError error, String text) {
        if (status == TOO_MANY_REQUESTS || TOO_MANY.in(text)) return saysMore(error, text) ? null : TURNED_AWAY;
        if (ErrorWording.isLong(error.message()) || OF_DEEDS.in(text) || !error.isPlain()) return null;
        if (NoSuchMethod.isAllOf(method, error.code(), text, error.data())) return NOT_OFFERED;
        if (error.code() == RpcError.METHOD_NOT_FOUND) return null;
        return RefusedKey.isAllOf(status, error, text) ? NOT_OFFERED : null;
    }

    private static boolean saysMore(RpcError error, String text) {
        return OF_DEEDS.in(text) || OF_DEEDS.in(ErrorWording.normal(error.data().text()));
    }

    /// Whether a refusal under that status is that of the node itself. Some say every error under 500.
    private static boolean isOfWhoeverSaysSo(int status) {
        if (status == TIMED_OUT || status == CLIENT_LEFT) return false;
        return status / 100 == 2 || status / 100 == 4 || status == SERVER_ERROR;
    }

    private static ErrorWording wording(String phrases) {
        return new ErrorWording(ErrorMeaning.CALLERS, ErrorWording.phrases(phrases));
    }
}
