package dev.fairlead.control.admin.view;

import dev.fairlead.core.fleet.Explanation;
import dev.fairlead.core.jsonrpc.Request;

/// Tells which nodes a call would be put to, without putting it to any.
public interface Explainer {
    Explanation explain(String chain, Request request);
}
