package dev.fairlead.data.limit;

import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.limit.CallLimits.Exceeded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts transactions by who signed them, whichever key or address they come from. Its limits are the last
/// that a call meets: what was taken of its tenant's day before is given back for one that is refused here.
public final class SenderLimits {
    private final CallLimits limits;
    private final DailyUse dailyUse;
    private final Events events;

    public SenderLimits(CallLimits limits, DailyUse dailyUse, Events events) {
        this.limits = limits;
        this.dailyUse = dailyUse;
        this.events = events;
    }

    /// Takes the credits of all transactions of one call, or of none.
    ///
    /// @param fitting limits per sender
    /// @param senders addresses in lower case, one for each transaction
    /// @return null when there were enough
    public @Nullable Refused take(
            List<Limit.Identified> fitting, AccessPolicy policy, Call call, List<String> senders) {
        if (fitting.isEmpty()) return null;
        long credits = policy.credits(call.method());
        for (int i = 0; i < senders.size(); i++) {
            call.sender(senders.get(i));
            Exceeded exceeded = limits.take(fitting, call, credits);
            if (exceeded == null) continue;
            Refused refused = limits.refusals().exceeded(exceeded.limit(), exceeded.nanos(), call, credits);
            events.limited(exceeded.limit().key(), call.tenant().name());
            for (String sender : senders.subList(0, i)) {
                call.sender(sender);
                limits.giveBack(fitting, call, credits);
            }
            giveBackDay(call);
            return refused;
        }
        return null;
    }

    /// Rates and bursts keep what they took: it comes back in time, and finding out who signed costs the
    /// gateway more than a call that is refused at once.
    private void giveBackDay(Call call) {
        dailyUse.giveBack(call.tenant(), call.credits());
        call.charged(0);
    }
}
