package dev.fairlead.control.admin.view;

import dev.fairlead.core.fleet.Explanation;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.policy.Tenant;
import org.jspecify.annotations.Nullable;

/// Tells whether a caller may make a call, and which nodes it would be put to, without putting it to any.
public interface Explainer {
    /// @param request with empty params when it is asked of the method, whatever its params
    Explanation explain(String chain, Caller caller, Request request);

    /// On whose behalf it is asked.
    ///
    /// @param origin of the page that calls; null when it is not said
    /// @param agent the `User-Agent`; null when it is not said
    record Caller(
            Tenant tenant,
            @Nullable String origin,
            @Nullable String agent) {
        /// Whether anything is said of the request's headers, so that what is not said is not there.
        public boolean hasHeaders() {
            return origin != null || agent != null;
        }
    }
}
