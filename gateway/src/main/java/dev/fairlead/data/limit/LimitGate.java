package dev.fairlead.data.limit;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Stage;
import dev.fairlead.data.limit.CallLimits.Exceeded;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Lets a call through when its caller has credits left for it.
public final class LimitGate implements Stage {
    private final Board<AccessPolicy> policy;
    private final CallLimits limits;
    private final DailyUse dailyUse;
    private final Events events;

    public LimitGate(Board<AccessPolicy> policy, CallLimits limits, DailyUse dailyUse, Events events) {
        this.policy = policy;
        this.limits = limits;
        this.dailyUse = dailyUse;
        this.events = events;
    }

    @Override
    public void take(Call call, Next onward, Consumer<Answer> back) {
        if (call.isAskedAgain()) {
            onward.take(call, back); // its caller has paid for it
            return;
        }
        AccessPolicy now = policy.now();
        List<Limit.Identified> fitting = now.limits(call.tenant(), call.chain());
        boolean isCounted = call.client().isKnown();
        if (fitting.isEmpty() && !isCounted) {
            onward.take(call, back);
            return;
        }
        long credits = now.credits(call.method());
        long quota = isCounted ? now.daily(call.tenant()) : 0;
        if (isCounted && !dailyUse.take(call.tenant(), credits, quota)) {
            String limit = "tenants." + call.tenant().name() + ".daily";
            events.limited(limit, call.tenant().name());
            dailyUse.tellRefused(call.tenant(), credits, quota);
            back.accept(refused(limit, call, dailyUse.untilLeft(call.tenant(), credits, quota)));
            return;
        }
        Exceeded exceeded = fitting.isEmpty() ? null : limits.take(fitting, call, credits);
        if (exceeded == null) {
            if (isCounted) charged(call, credits, quota);
            onward.take(call, back);
            return;
        }
        if (isCounted) dailyUse.giveBack(call.tenant(), credits);
        events.limited(exceeded.limit().key(), call.tenant().name());
        back.accept(limits.refusals().exceeded(exceeded.limit(), exceeded.nanos(), call, credits));
    }

    private Refused refused(String limit, Call call, Duration wait) {
        LimitRefusals refusals = limits.refusals();
        return wait.equals(DailyUse.AGREED)
                ? refusals.dayShared(limit, call, wait)
                : refusals.daySpent(limit, call, wait);
    }

    private void charged(Call call, long credits, long quota) {
        call.charged(Math.toIntExact(credits));
        dailyUse.tell(call.tenant(), quota);
    }
}
