package dev.fairlead.core.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends certain calls to a group of nodes, before the groups' own methods are looked at; of several that fit, the
/// first counts. What a route names is thereby open.
///
/// @param index its place among the routes, from 0
/// @param tenant null for any
/// @param chain null for any
/// @param methods none for all that are open anyway
public record Route(
        int index, @Nullable String tenant, @Nullable String chain, List<MethodPattern> methods, String group) {
    public Route {
        methods = List.copyOf(methods);
    }

    boolean isFor(String caller, String onChain) {
        return (tenant == null || tenant.equals(caller)) && (chain == null || chain.equals(onChain));
    }

    boolean takes(String method) {
        return MethodPattern.match(methods, method);
    }

    /// Where it stands in the configuration.
    public String key() {
        return "routes[" + index + "]";
    }
}
