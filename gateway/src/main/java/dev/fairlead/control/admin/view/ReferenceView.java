package dev.fairlead.control.admin.view;

import dev.fairlead.core.fleet.Reference;
import org.jspecify.annotations.Nullable;

/// What a chain's nodes are measured against.
///
/// @param kind `leader`, `agreement` or `none`
/// @param node the leader in use, within the chain
/// @param because why no leader is used
/// @param text the whole as one line for people
public record ReferenceView(
        String kind, @Nullable String node, @Nullable String because, String text) {
    static ReferenceView of(Reference reference) {
        String text = reference.describe();
        return switch (reference) {
            case Reference.Leader(var node, var _) -> new ReferenceView("leader", node.name(), null, text);
            case Reference.Agreement(var _, var because) -> new ReferenceView("agreement", null, because, text);
            case Reference.None(var because) -> new ReferenceView("none", null, because, text);
        };
    }
}
