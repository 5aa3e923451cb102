package dev.fairlead.control.admin.view;

import dev.fairlead.core.fleet.Explanation;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.policy.Tenant;

/// Tells whether a tenant may make a call, and which nodes it would be put to, without putting it to any.
public interface Explainer {
    Explanation explain(String chain, Tenant tenant, Request request);
}
