package dev.fairlead.core.fleet;

import java.util.List;

/// Which nodes a call would be put to, in which order, and why not the others.
///
/// @param access whether the caller may call the method, and what decides that; empty for a chain that is not there
/// @param route what sends the call to its group; empty where no group is asked for
/// @param allowance what it takes of its caller's credits
/// @param nodes those that would be asked, in order, then the others
public record Explanation(
        String chain,
        String method,
        String group,
        String access,
        String route,
        Allowance allowance,
        String summary,
        List<Choice> nodes) {
    public Explanation(String chain, String method, String group, String summary, List<Choice> nodes) {
        this(chain, method, group, "", "", Allowance.NONE, summary, nodes);
    }

    /// Whether the gateway refuses it itself.
    public boolean isRefused() {
        return summary.startsWith("refused: ");
    }

    public Explanation with(String decided) {
        return new Explanation(chain, method, group, decided, route, allowance, summary, nodes);
    }

    /// @param by what sends the call to its group
    public Explanation with(String by, Allowance counted) {
        return new Explanation(chain, method, group, access, by, counted, summary, nodes);
    }

    /// @param node its name within the chain
    /// @param position from 1; 0 for a node that would not be asked
    public record Choice(String node, int position, String reason) {}
}
