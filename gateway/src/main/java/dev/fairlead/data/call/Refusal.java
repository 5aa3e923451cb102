package dev.fairlead.data.call;

import dev.fairlead.core.jsonrpc.RpcError;
import java.time.Duration;

/// The one table of what Fairlead says when no node's reply reaches the client: JSON-RPC code, HTTP status (of
/// a single call; a batch is always 200), and whether the gateway refused the call or failed to get it
/// answered.
///
/// Where every node says that it is asked too often, the client is told [#OVERLOADED]; [#LIMITED] is our own decision.
public enum Refusal {
    PARSE_ERROR(RpcError.PARSE, 400, false),
    INVALID_REQUEST(RpcError.INVALID_REQUEST, 400, false),
    INVALID_PARAMS(RpcError.INVALID_PARAMS, 400, false),
    /// The method does not exist here; wallets fall back cleanly on this code with status 200.
    METHOD_NOT_FOUND(RpcError.METHOD_NOT_FOUND, 200, false),
    /// The caller's key is not known or has expired, or it brought none where one is needed.
    UNAUTHORIZED(-32001, 401, false),
    NO_SUCH_CHAIN(RpcError.INVALID_REQUEST, 404, false),
    BODY_TOO_LARGE(RpcError.INVALID_REQUEST, 413, false),
    BATCH_TOO_LARGE(RpcError.INVALID_REQUEST, 413, false),
    /// The parts of one batch's answer together exceed the bound.
    ANSWER_TOO_LARGE(-32003, 413, false),
    /// The caller has no credits left for the call.
    LIMITED(-32005, 429, false),
    /// Every node has as much as it may take, and the queues are full.
    OVERLOADED(-32005, 503, true),
    /// No node is registered for the chain, or none may serve.
    NO_NODE(-32010, 503, true),
    /// Every node that was asked failed.
    NODES_FAILED(-32011, 502, true),
    /// The call's deadline passed.
    DEADLINE(-32015, 504, true),
    /// What must not be done twice was sent, and no answer came, or none that tells whether it was done.
    UNCERTAIN(-32016, 504, true),
    /// The gateway has asked itself: one of its nodes' URLs leads back to it.
    LOOP(-32017, 508, false),
    SHUTTING_DOWN(-32010, 503, true),
    INTERNAL(RpcError.INTERNAL, 500, true);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final int code;
    private final int httpStatus;
    private final boolean failure;

    Refusal(int code, int httpStatus, boolean failure) {
        this.code = code;
        this.httpStatus = httpStatus;
        this.failure = failure;
    }

    public int code() {
        return code;
    }

    /// The status that HTTP gives the answer to a single call.
    public int httpStatus() {
        return httpStatus;
    }

    /// When to come again where nothing better is known; zero where coming again does not help.
    public Duration retryAfter() {
        return httpStatus == 503 ? SOON : Duration.ZERO;
    }

    /// Whether it counts as failed rather than refused.
    public boolean isFailure() {
        return failure;
    }
}
