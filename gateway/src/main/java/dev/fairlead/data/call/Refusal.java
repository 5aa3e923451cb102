package dev.fairlead.data.call;

import static dev.fairlead.data.call.ErrorRow.own;
import static dev.fairlead.data.call.ErrorRow.says;

import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.style.ErrorStyle;
import java.time.Duration;
import java.util.Locale;

/// The one table of what is said when no node's reply reaches the client: whether the gateway refused the call or
/// failed to get it answered, and then a row for each [ErrorStyle]: JSON-RPC code, HTTP status (of a single call;
/// a batch is always 200), text, data. Rows that are `own` say what the refusal itself says.
///
/// Infura's rows: what it was seen to answer, and where nothing was seen, its meanings of the codes. go-ethereum's
/// rows: its `rpc/errors.go`, `rpc/handler.go` and `node/jwt_handler.go`; where it has no words, ours under its general
/// code.
///
/// Where every node says that it is asked too often, the client is told [#OVERLOADED]; [#LIMITED] is our own decision.
@SuppressWarnings("ImmutableEnumChecker") // its rows are records of values that do not change
public enum Refusal {
    PARSE_ERROR(
            false,
            own(RpcError.PARSE, 400), // fairlead
            own(RpcError.PARSE, 400), // infura
            says(RpcError.PARSE, 200, "parse error")), // geth
    INVALID_REQUEST(
            false,
            own(RpcError.INVALID_REQUEST, 400),
            own(RpcError.INVALID_REQUEST, 400),
            own(RpcError.INVALID_REQUEST, 200)),
    INVALID_PARAMS(
            false,
            own(RpcError.INVALID_PARAMS, 400),
            own(RpcError.INVALID_PARAMS, 400),
            own(RpcError.INVALID_PARAMS, 200)),
    /// The method does not exist here; wallets fall back cleanly on this code with status 200.
    METHOD_NOT_FOUND(
            false,
            own(RpcError.METHOD_NOT_FOUND, 200),
            says(RpcError.METHOD_NOT_FOUND, 200, "The method {method} does not exist/is not available"),
            says(RpcError.METHOD_NOT_FOUND, 200, "the method {method} does not exist/is not available")),
    /// The caller brought no key, where one is needed.
    KEY_NEEDED(
            false,
            own(-32001, 401),
            says(-32002, 401, "project id required in the url", ErrorData.SEE),
            says(-32000, 401, "missing token")),
    /// The caller's key is not known or has expired.
    UNAUTHORIZED(
            false,
            own(-32001, 401),
            says(-32002, 401, "invalid project id", ErrorData.SEE),
            says(-32000, 401, "invalid token")),
    /// The caller's token is no good; nobody but the operator is told why.
    TOKEN_REFUSED(
            false,
            own(-32001, 401),
            says(-32002, 401, "invalid JWT", ErrorData.SEE),
            says(-32000, 401, "invalid token")),
    /// A list of what the caller may reach does not have what the call is about.
    FORBIDDEN(false, own(-32002, 403), says(-32002, 403, "rejected due to project ID settings"), own(-32000, 403)),
    NO_SUCH_CHAIN(false, own(RpcError.INVALID_REQUEST, 404), own(RpcError.INVALID_REQUEST, 404), own(-32000, 404)),
    BODY_TOO_LARGE(
            false,
            own(RpcError.INVALID_REQUEST, 413),
            own(RpcError.INVALID_REQUEST, 413),
            says(RpcError.INVALID_REQUEST, 413, "content length too large")),
    BATCH_TOO_LARGE(
            false,
            own(RpcError.INVALID_REQUEST, 413),
            own(RpcError.INVALID_REQUEST, 413),
            says(RpcError.INVALID_REQUEST, 413, "batch too large")),
    /// The parts of one batch's answer together exceed the bound.
    ANSWER_TOO_LARGE(false, own(-32003, 413), own(-32005, 413), says(-32003, 200, "response too large")),
    /// The transaction does not keep a rule of `[policy.transactions]`, or the webhook denies it.
    TRANSACTION_REFUSED(false, own(-32000, 200), own(-32000, 200), own(-32000, 200)),
    /// The webhook that must be asked about the transaction gave no answer.
    UNCHECKED(true, own(-32012, 503), own(RpcError.INTERNAL, 503), own(-32000, 503)),
    /// The caller has no credits left for the call.
    LIMITED(
            false,
            says(-32005, 429, "{detail}", ErrorData.NONE),
            says(-32005, 429, "project ID request rate exceeded", ErrorData.RATE),
            says(-32005, 429, "{detail}", ErrorData.NONE)),
    /// The caller's tenant has taken what it may take in a day.
    DAY_SPENT(
            false,
            says(-32005, 429, "{detail}", ErrorData.NONE),
            says(-32005, 402, "daily request count exceeded, request rate limited", ErrorData.RATE),
            says(-32005, 429, "{detail}", ErrorData.NONE)),
    /// The caller's query for logs asks for too much, or its answer has too much in it; HTTP 200, so that clients read
    /// the range that would do instead of coming again.
    QUERY_TOO_LARGE(false, own(-32005, 200), own(-32005, 200), own(-32005, 200)),
    /// Every node has as much as it may take, and the queues are full.
    OVERLOADED(true, own(-32005, 503), own(-32005, 503), own(-32005, 503)),
    /// No node is registered for the chain, or none may serve.
    NO_NODE(true, own(-32010, 503), own(RpcError.INTERNAL, 503), own(RpcError.INTERNAL, 503)),
    /// Every node that was asked failed.
    NODES_FAILED(true, own(-32011, 502), own(RpcError.INTERNAL, 502), own(RpcError.INTERNAL, 502)),
    /// The call's deadline passed.
    DEADLINE(true, own(-32015, 504), own(RpcError.INTERNAL, 504), says(-32002, 200, "request timed out")),
    /// What must not be done twice was sent, and no answer came, or none that tells whether it was done.
    UNCERTAIN(true, own(-32016, 504), own(-32000, 504), own(-32000, 200)),
    /// The gateway has asked itself: one of its nodes' URLs leads back to it.
    LOOP(false, own(-32017, 508), own(-32000, 508), own(-32000, 508)),
    SHUTTING_DOWN(true, own(-32010, 503), own(RpcError.INTERNAL, 503), own(RpcError.INTERNAL, 503)),
    INTERNAL(true, own(RpcError.INTERNAL, 500), own(RpcError.INTERNAL, 500), own(RpcError.INTERNAL, 200));

    private static final Duration SOON = Duration.ofSeconds(1);

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final boolean failure;
    private final ErrorRow fairlead;
    private final ErrorRow infura;
    private final ErrorRow geth;

    Refusal(boolean failure, ErrorRow fairlead, ErrorRow infura, ErrorRow geth) {
        this.failure = failure;
        this.fairlead = fairlead;
        this.infura = infura;
        this.geth = geth;
    }

    ErrorRow row(ErrorStyle style) {
        return switch (style) {
            case FAIRLEAD -> fairlead;
            case INFURA -> infura;
            case GETH -> geth;
        };
    }

    /// As it stands in labels and log lines.
    public String word() {
        return word;
    }

    /// In our own style, whatever the caller's.
    public int code() {
        return fairlead.code();
    }

    /// The status that HTTP gives the answer to a single call, in our own style.
    public int httpStatus() {
        return fairlead.httpStatus();
    }

    /// When to come again where nothing better is known; zero where coming again does not help.
    public Duration retryAfter() {
        return httpStatus() == 503 ? SOON : Duration.ZERO;
    }

    /// Whether it counts as failed rather than refused.
    public boolean isFailure() {
        return failure;
    }
}
