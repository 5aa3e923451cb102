package dev.fairlead.control.operate;

import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an operator says about a node, unchecked. Null means not said: a new node then gets the default, and
/// an existing one keeps its value. Holds secrets.
///
/// @param chain may be left out when there is no more than one
/// @param chainId EIP-155 id of a chain that is new with this node; learned when not said
/// @param name derived from the URL when not said
/// @param http required for a new node
/// @param ws an empty text takes the WebSocket URL away
/// @param leader whether the node measures the others of its chain
/// @param headers replace all that were there
/// @param auth an empty user without a password takes it away; some providers want a password alone
/// @param tls no files at all take it away
/// @param labels replace all that were there
public record NodeOrder(
        @Nullable String chain,
        @Nullable Long chainId,
        @Nullable String name,
        @Nullable String http,
        @Nullable String ws,
        Node.@Nullable Role role,
        @Nullable Boolean leader,
        @Nullable Map<String, String> headers,
        @Nullable BasicAuth auth,
        @Nullable Tls tls,
        @Nullable Map<String, String> labels,
        @Nullable Integer weight,
        @Nullable Integer capacity,
        PlanOrder plan) {
    public static NodeOrder to(String http) {
        return new NodeOrder(
                null, null, null, http, null, null, null, null, null, null, null, null, null, PlanOrder.NOTHING);
    }

    @Override
    public String toString() {
        return "NodeOrder[" + chain + "/" + name + "]";
    }
}
