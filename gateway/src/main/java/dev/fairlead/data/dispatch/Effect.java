package dev.fairlead.data.dispatch;

import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.upstream.Outcome.Declined;

/// What an attempt may have done at a node that did not say that it had: the one place that decides whether a call
/// which must not be done twice may be sent to another node.
enum Effect {
    /// The node refused before it acted: the call may be sent on.
    NONE,
    /// It objects in words that do not say when it stopped: `pool is full`, `node is busy`.
    POSSIBLE,
    /// The node, or a proxy, lost the call on the way: `request timed out`, `internal error`, a broken connection.
    LOST;

    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int NGINX_CLIENT_LEFT = 499;

    /// Only a limit, a missing permission, a method that is not offered, a request that HTTP itself refuses, and
    /// a server that says when to come again are sure to come before any work.
    static Effect of(Declined declined) {
        if (declined.mayHaveActed()) return LOST;
        if (declined.error() == null && isRefusedByHttp(declined)) return NONE;
        return switch (declined.complaint()) {
            case RATE_LIMITED, UNAUTHORIZED, UNSUPPORTED, LOOP -> NONE;
            case INTERNAL -> isParseError(declined) ? NONE : POSSIBLE;
            case CALLERS, UNCLEAR, OVERLOADED, PRUNED, HEAD_NOT_THERE, RANGE_CAPPED -> POSSIBLE;
        };
    }

    private static boolean isRefusedByHttp(Declined declined) {
        int status = declined.status();
        if (status == SERVICE_UNAVAILABLE) return declined.retryAfter().isPositive();
        return status >= 400 && status < 500 && status != NGINX_CLIENT_LEFT;
    }

    private static boolean isParseError(Declined declined) {
        RpcError error = declined.error();
        return error != null && error.code() == RpcError.PARSE;
    }
}
