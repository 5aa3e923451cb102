package dev.fairlead.core.fleet;

import org.jspecify.annotations.Nullable;

/// What the nodes of a chain are measured against.
public sealed interface Reference {
    /// A leader that could be asked and that the nodes do not contradict.
    record Leader(NodeId node, Head head) implements Reference {}

    /// The nodes' own agreement, because there is no leader, or none that can be used.
    ///
    /// @param because why no leader is used, or an empty text when none is declared
    record Agreement(Head head, String because) implements Reference {}

    /// No node shows a head, or none that can be believed yet.
    record None(String because) implements Reference {}

    default @Nullable Head head() {
        return switch (this) {
            case Leader(var _, var head) -> head;
            case Agreement(var head, var _) -> head;
            case None _ -> null;
        };
    }

    /// One line for people: what the nodes are measured against, and, when it is not the leader, why not.
    default String describe() {
        return switch (this) {
            case Leader(var node, var head) -> "leader " + node.name() + " at block " + head.number();
            case Agreement(var head, var because) ->
                "the nodes' agreement at block " + head.number() + (because.isEmpty() ? "" : " (" + because + ")");
            case None(var because) -> "nothing: " + because;
        };
    }
}
