package dev.fairlead.core.usage;

import dev.fairlead.core.policy.DayUse;
import java.util.List;

/// What tenants take of their days at this gateway, for those who add it to what other gateways took.
public interface SharedDays {
    /// What every tenant that has called today took, as far as it is known here.
    List<DayUse> uses();

    /// Whether the others should be told at once, because little is left.
    ///
    /// @param gateways how many may take of the same days
    boolean isPressing(int gateways);

    /// Each is to go to [#told] or to [#notTold].
    List<UntoldUse> untold();

    /// @param total what all gateways took, this one included
    void told(UntoldUse news, long total);

    void notTold(UntoldUse news);
}
