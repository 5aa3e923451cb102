package dev.fairlead.data.limit;

import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.limit.CallLimits.Exceeded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts transactions by who signed them, whichever key or address they come from.
public final class SenderLimits {
    private final CallLimits limits;
    private final Events events;

    public SenderLimits(CallLimits limits, Events events) {
        this.limits = limits;
        this.events = events;
    }

    /// Takes the credits of one transaction.
    ///
    /// @param fitting limits per sender
    /// @param sender address in lower case
    /// @return null when there were enough
    public @Nullable Refused take(List<Limit.Identified> fitting, AccessPolicy policy, Call call, String sender) {
        if (fitting.isEmpty()) return null;
        call.sender(sender);
        long credits = policy.credits(call.method());
        Exceeded exceeded = limits.take(fitting, call, credits);
        if (exceeded == null) return null;
        events.limited(exceeded.limit().key(), call.tenant().name());
        return limits.refusals().exceeded(exceeded.limit(), exceeded.nanos(), call, credits);
    }
}
