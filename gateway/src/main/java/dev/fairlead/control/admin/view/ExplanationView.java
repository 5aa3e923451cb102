package dev.fairlead.control.admin.view;

import dev.fairlead.core.fleet.Allowance;
import dev.fairlead.core.fleet.Explanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An [Explanation] as the API has it.
///
/// @param access whether the tenant may call the method, and what decides that
/// @param route what sends the call to its group; null where the default group is asked, or none
/// @param credits that it takes
/// @param limits that count it
/// @param day of its tenant, in credits; null where no day is counted
public record ExplanationView(
        String chain,
        String method,
        String access,
        @Nullable String route,
        long credits,
        List<LimitView> limits,
        @Nullable DayView day,
        String summary,
        List<ChoiceView> nodes) {
    /// @param limit the key that declares it
    /// @param place where that key stands; null where it stands nowhere
    /// @param bound in words
    /// @param left credits now; null where this gateway does not know
    /// @param note what `left` counts, or why it is not known; null for what is left at this gateway
    public record LimitView(
            String limit,
            @Nullable String place,
            String bound,
            @Nullable Long left,
            @Nullable String note) {}

    /// @param daily null for no bound
    /// @param left null for no bound
    public record DayView(
            @Nullable Long daily,
            @Nullable String place,
            long taken,
            @Nullable Long left) {}

    /// @param position from 1, or null for a node that would not be asked
    public record ChoiceView(String node, @Nullable Integer position, String reason) {}

    public static ExplanationView of(Explanation explanation) {
        List<ChoiceView> nodes = explanation.nodes().stream()
                .map(choice -> new ChoiceView(
                        choice.node(), choice.position() == 0 ? null : choice.position(), choice.reason()))
                .toList();
        Allowance allowance = explanation.allowance();
        return new ExplanationView(
                explanation.chain(),
                explanation.method(),
                explanation.access(),
                orNull(explanation.route()),
                allowance.credits(),
                allowance.limits().stream().map(ExplanationView::limit).toList(),
                day(allowance.day()),
                explanation.summary(),
                nodes);
    }

    private static LimitView limit(Allowance.Share share) {
        return new LimitView(share.key(), orNull(share.place()), share.bound(), share.left(), orNull(share.note()));
    }

    private static @Nullable DayView day(Allowance.@Nullable Day day) {
        if (day == null) return null;
        boolean isBound = day.quota() > 0;
        return new DayView(isBound ? day.quota() : null, orNull(day.place()), day.taken(), isBound ? day.left() : null);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
