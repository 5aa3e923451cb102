package dev.fairlead.control.admin.view;

import dev.fairlead.control.admin.view.Explainer.Explanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which nodes a call would be put to.
public record ExplanationView(String chain, String method, String summary, List<ChoiceView> nodes) {
    /// @param position from 1, or null for a node that would not be asked
    public record ChoiceView(String node, @Nullable Integer position, String reason) {}

    public static ExplanationView of(String chain, String method, Explanation explanation) {
        List<ChoiceView> nodes = explanation.nodes().stream()
                .map(choice -> new ChoiceView(choice.node(), choice.position(), choice.reason()))
                .toList();
        return new ExplanationView(chain, method, explanation.summary(), nodes);
    }
}
