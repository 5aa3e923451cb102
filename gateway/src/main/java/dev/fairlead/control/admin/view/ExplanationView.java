package dev.fairlead.control.admin.view;

import dev.fairlead.core.fleet.Explanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An [Explanation] as the API has it.
///
/// @param access whether the tenant may call the method, and what decides that
public record ExplanationView(String chain, String method, String access, String summary, List<ChoiceView> nodes) {
    /// @param position from 1, or null for a node that would not be asked
    public record ChoiceView(String node, @Nullable Integer position, String reason) {}

    public static ExplanationView of(Explanation explanation) {
        List<ChoiceView> nodes = explanation.nodes().stream()
                .map(choice -> new ChoiceView(
                        choice.node(), choice.position() == 0 ? null : choice.position(), choice.reason()))
                .toList();
        return new ExplanationView(
                explanation.chain(), explanation.method(), explanation.access(), explanation.summary(), nodes);
    }
}
