package dev.fairlead.control.admin.view;

import dev.fairlead.core.jsonrpc.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells which nodes a call would be put to, without putting it to any.
public interface Explainer {
    Explanation explain(String chain, Request request);

    /// @param summary one sentence: by which rule, or why nobody is asked
    /// @param nodes every node of the chain, those that would be asked first
    record Explanation(String summary, List<Choice> nodes) {}

    /// @param node name within the chain
    /// @param position from 1, or null for a node that would not be asked
    record Choice(String node, @Nullable Integer position, String reason) {}
}
