package dev.fairlead.control.operate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an operator says about a node's spending plan, unchecked. Null means not said.
///
/// @param rate an empty text takes it away
/// @param daily 0 takes it away
/// @param credits what a request counts, by its method; replace all that were there
public record PlanOrder(
        @Nullable String rate,
        @Nullable Long daily,
        @Nullable Map<String, Long> credits) {
    public static final PlanOrder NOTHING = new PlanOrder(null, null, null);
}
