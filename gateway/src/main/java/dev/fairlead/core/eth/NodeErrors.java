package dev.fairlead.core.eth;

import static dev.fairlead.core.eth.ErrorMeaning.CALLERS;
import static dev.fairlead.core.eth.ErrorMeaning.HEAD_NOT_THERE;
import static dev.fairlead.core.eth.ErrorMeaning.INTERNAL;
import static dev.fairlead.core.eth.ErrorMeaning.LOOP;
import static dev.fairlead.core.eth.ErrorMeaning.OVERLOADED;
import static dev.fairlead.core.eth.ErrorMeaning.PRUNED;
import static dev.fairlead.core.eth.ErrorMeaning.RANGE_CAPPED;
import static dev.fairlead.core.eth.ErrorMeaning.RATE_LIMITED;
import static dev.fairlead.core.eth.ErrorMeaning.UNAUTHORIZED;
import static dev.fairlead.core.eth.ErrorMeaning.UNCLEAR;
import static dev.fairlead.core.eth.ErrorMeaning.UNSUPPORTED;

import dev.fairlead.core.eth.BlockAt.Filter;
import dev.fairlead.core.eth.BlockAt.Param;
import dev.fairlead.core.eth.Method.Kind;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a node's objection means. These are asked in order, and the first that knows decides:
///
/// 1. an execution error is the caller's, whatever else its text says: contracts choose revert reasons, and
///    must not steer routing;
/// 2. codes that nodes agree on (method not found);
/// 3. what the text says, by [ErrorWording]; for `-32602` only what it says about blocks and ranges, because that code
/// comes
///    with the caller's own words quoted;
/// 4. the HTTP status where it speaks of the node (401, 402, 403, 413, 429, 503 …);
/// 5. the code; last of all what kind of method it was.
///
/// For methods that run what the caller sent there is one more rule: a text that is in no list is the caller's
/// error if it speaks of gas, nonces, signatures and the like; otherwise it is [ErrorMeaning#UNCLEAR].
///
/// `-32600` is the caller's: the envelope that the gateway sends is always legal, so the node objects to what
/// the caller put into it. `-32700` is the node's trouble: what the gateway sends is legal JSON.
public final class NodeErrors {
    private static final int EXECUTION = 3;
    private static final int VM_EXECUTION = -32015;

    /// With a JSON-RPC error: the URL's path is wrong there.
    private static final int NOT_FOUND = 404;

    /// EIP-4444.
    private static final int PRUNED_HISTORY = 4444;

    /// Nethermind: the method was called for a block before the fork that brought it.
    private static final int BEFORE_FORK = 4445;

    /// The execution-apis: validation of transactions and of what eth_simulateV1 is given.
    private static final int VALIDATION_FIRST = -38099;

    private static final int VALIDATION_LAST = -38000;

    /// Nethermind, for the node and for one module.
    private static final int TIMEOUT = -32016;

    private static final int MODULE_TIMEOUT = -32017;

    /// What this gateway says to a request that it has sent itself: the code alone is Nethermind's too.
    private static final int LOOP_STATUS = 508;

    private static final int LOOP_CODE = -32017;
    private static final String LOOP_WORDS = "leads back to";

    /// The execution-apis.
    private static final int UNKNOWN_BLOCK = -39001;

    /// EIP-1474.
    private static final int RESOURCE_NOT_FOUND = -32001;

    private static final int RESOURCE_UNAVAILABLE = -32002;
    private static final int METHOD_NOT_SUPPORTED = -32004;
    private static final int LIMIT_EXCEEDED = -32005;
    private static final int SERVER_FIRST = -32099;
    private static final int SERVER_LAST = -32000;

    /// The whole text with which geth (1.16) with `--state.scheme hash` answers for the state of an old block.
    /// It does not mean that the node lacks the method.
    private static final String STATE_IS_GONE = "not supported";

    /// A text that is so short can only be about the whole call.
    private static final int SHORT = 20;

    /// `Error(string)` and `Panic(uint256)`, as a contract's revert begins.
    private static final List<String> REVERT_DATA = List.of("0x08c379a0", "0x4e487b71");

    private static final Set<String> EXECUTING = Set.of(
            "eth_call",
            "eth_estimateGas",
            "eth_createAccessList",
            "eth_simulateV1",
            "eth_callMany",
            "eth_callBundle",
            "eth_fillTransaction",
            "debug_traceCall",
            "debug_traceCallMany",
            "debug_traceTransaction",
            "debug_traceBlock",
            "debug_traceBlockByNumber",
            "debug_traceBlockByHash",
            "trace_call",
            "trace_callMany",
            "trace_rawTransaction");

    private NodeErrors() {}

    /// Classifies everything that is not a result.
    ///
    /// @param error null when the body was not JSON-RPC
    /// @param bodyStart then, the beginning of that body
    public static ErrorMeaning complaint(Method method, int httpStatus, @Nullable RpcError error, String bodyStart) {
        return error == null ? ofBody(httpStatus, bodyStart) : ofError(method, httpStatus, error);
    }

    /// As above, for a call whose params are known. Geth (1.16) has the same words for a range that is backwards and
    /// for one that reaches above its own head; the latter another node may have.
    public static ErrorMeaning complaint(Method method, Slice params, int httpStatus, RpcError error) {
        ErrorMeaning found = complaint(method, httpStatus, error, "");
        boolean range = found == CALLERS && method.block() instanceof Filter && error.code() != EXECUTION;
        if (!range || !ErrorWording.BAD_RANGE.in(ErrorWording.normal(error.message()))) return found;
        return BlockRef.of(method, params) instanceof BlockRef.Range named && !named.isBackwards()
                ? HEAD_NOT_THERE
                : found;
    }

    /// Whether a node refused a transaction because it has it already, and so in truth accepted it.
    public static boolean alreadyKnown(RpcError error) {
        String text = ErrorWording.normal(error.message());
        // another one may have the nonce: "duplicate transaction nonce"
        return ErrorWording.ALREADY_KNOWN.in(text) && (!text.contains("nonce") || text.contains("hash"));
    }

    private static ErrorMeaning ofBody(int status, String bodyStart) {
        ErrorMeaning byText = ErrorWording.complaint(ErrorWording.normal(bodyStart));
        if (byText != null && byText != CALLERS) return byText;
        ErrorMeaning byStatus = ofStatus(status);
        return byStatus == null ? INTERNAL : byStatus;
    }

    private static ErrorMeaning ofError(Method method, int status, RpcError error) {
        if (isLoop(status, error)) return LOOP;
        String text = ErrorWording.normal(error.message());
        String data = dataText(error.data());
        if (isVerdictOfExecution(status, error.code(), text, data)) return CALLERS;
        if (error.code() == RpcError.METHOD_NOT_FOUND) return UNSUPPORTED;
        if (method.kind() == Kind.SUBMISSION && ErrorWording.isCutShort(text)) return CALLERS;
        if (method.kind() == Kind.SUBMISSION && ErrorWording.isLost(text)) return INTERNAL;

        ErrorMeaning byText = ofText(method, error.code(), text, data);
        if (byText != null) return byText;
        ErrorMeaning byStatus = ofStatus(status);
        // Lotus and others say every error under 500, verdicts of the EVM too
        if (byStatus != null && (byStatus != INTERNAL || isOfGateway(status) || !isRunning(method))) return byStatus;
        if (error.code() == RpcError.INVALID_REQUEST && status == NOT_FOUND) return UNSUPPORTED;
        return ofCode(method, error.code(), text);
    }

    /// Also where a proxy between two gateways changed the status.
    static boolean isLoop(int status, RpcError error) {
        if (error.code() != LOOP_CODE) return false;
        return status == LOOP_STATUS || error.message().contains(LOOP_WORDS);
    }

    /// Whether the status comes from something before the node: a proxy, or a gateway such as this one. Its
    /// codes may mean something else when a node says them.
    public static boolean isOfGateway(int status) {
        return status == 502 || status == 503 || status == 504 || status == 529;
    }

    private static boolean isVerdictOfExecution(int status, int code, String text, String data) {
        boolean verdict = code == EXECUTION || (code == VM_EXECUTION && !isOfGateway(status));
        if (verdict || ErrorWording.isExecution(text) || ErrorWording.isExecution(data)) {
            return true;
        }
        return (code >= VALIDATION_FIRST && code <= VALIDATION_LAST)
                || REVERT_DATA.stream().anyMatch(data::startsWith);
    }

    private static @Nullable ErrorMeaning ofText(Method method, int code, String text, String data) {
        ErrorMeaning found = ErrorWording.complaint(text);
        if (found == null || (found == INTERNAL && ErrorWording.isHollow(text)))
            found = orElse(ErrorWording.complaint(data), found);
        if (found == null && method.block() instanceof Filter && ErrorWording.LIMIT.in(text)) found = RANGE_CAPPED;
        if (found == null && text.equals(STATE_IS_GONE) && method.block() instanceof Param) found = PRUNED;
        if (found == null && names(method, text) && ErrorWording.NOT_SUPPORTED.in(text)) found = UNSUPPORTED;
        if (code != RpcError.INVALID_PARAMS) return found;
        return found == HEAD_NOT_THERE || found == RANGE_CAPPED || found == PRUNED ? found : CALLERS;
    }

    private static @Nullable ErrorMeaning orElse(@Nullable ErrorMeaning one, @Nullable ErrorMeaning other) {
        return one == null ? other : one;
    }

    private static boolean names(Method method, String text) {
        return text.contains(method.name().toLowerCase(Locale.ROOT)) || text.length() < SHORT;
    }

    /// Some nodes put the reason into `data`, and the same `message` into every error.
    static String dataText(Slice data) {
        if (data.isEmpty()) return "";
        Slice said = data.at(0) == '{' ? JsonPick.member(data, "message") : data;
        return JsonText.isString(said) ? ErrorWording.normal(JsonText.decode(said)) : "";
    }

    private static @Nullable ErrorMeaning ofStatus(int status) {
        return switch (status) {
            case 401, 402, 403, 407 -> UNAUTHORIZED;
            case 405, 415, 501 -> UNSUPPORTED;
            case 413 -> RANGE_CAPPED;
            case 429 -> RATE_LIMITED;
            case 503, 529 -> OVERLOADED;
            default -> status >= 500 ? INTERNAL : null;
        };
    }

    private static ErrorMeaning ofCode(Method method, int code, String text) {
        boolean runs = isRunning(method);
        if ((runs || method.kind() == Kind.SUBMISSION) && ErrorWording.isVerdict(text)) return CALLERS;
        boolean serverDefined = code >= SERVER_FIRST && code <= SERVER_LAST;
        return switch (code) {
            case RpcError.INVALID_PARAMS, RpcError.INVALID_REQUEST, BEFORE_FORK -> CALLERS;
            case RpcError.PARSE, RpcError.INTERNAL -> INTERNAL;
            case LIMIT_EXCEEDED -> RATE_LIMITED;
            case PRUNED_HISTORY -> PRUNED;
            case UNKNOWN_BLOCK -> HEAD_NOT_THERE;
            default -> serverDefined ? ofServerCode(method, code) : runs ? UNCLEAR : INTERNAL;
        };
    }

    /// Besu and others use the codes of EIP-1474 for verdicts on transactions too.
    private static ErrorMeaning ofServerCode(Method method, int code) {
        if (method.kind() == Kind.SUBMISSION) return CALLERS;
        return switch (code) {
            case RESOURCE_NOT_FOUND -> HEAD_NOT_THERE;
            case RESOURCE_UNAVAILABLE, TIMEOUT, MODULE_TIMEOUT -> OVERLOADED;
            case METHOD_NOT_SUPPORTED -> UNSUPPORTED;
            default -> isRunning(method) ? UNCLEAR : INTERNAL;
        };
    }

    /// Whether it runs what the caller sent: `linea_estimateGas` and `arbtrace_call` do so too.
    private static boolean isRunning(Method method) {
        String name = method.name();
        if (EXECUTING.contains(name)) return true;
        int verb = MethodName.mark(name) + 1;
        return name.startsWith("call", verb) || name.startsWith("estimate", verb) || name.startsWith("simulate", verb);
    }
}
