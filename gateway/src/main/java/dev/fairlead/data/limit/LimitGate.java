package dev.fairlead.data.limit;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Stage;
import dev.fairlead.data.limit.CallLimits.Exceeded;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Lets a call through when its caller has credits left for it.
public final class LimitGate implements Stage {
    private static final long SECOND = 1_000_000_000;

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
        boolean isCounted = call.client().key() != null;
        if (fitting.isEmpty() && !isCounted) {
            onward.take(call, back);
            return;
        }
        long credits = now.credits(call.method());
        if (isCounted && !dailyUse.take(call.tenant(), credits, now.daily(call.tenant()))) {
            events.limited(
                    "tenants." + call.tenant().name() + ".daily", call.tenant().name());
            back.accept(dayIsSpent());
            return;
        }
        Exceeded exceeded = fitting.isEmpty() ? null : limits.take(fitting, call, credits);
        if (exceeded == null) {
            if (isCounted) call.charged(Math.toIntExact(credits));
            onward.take(call, back);
            return;
        }
        if (isCounted) dailyUse.giveBack(call.tenant(), credits);
        events.limited(exceeded.limit().key(), call.tenant().name());
        back.accept(refused(exceeded));
    }

    private Refused dayIsSpent() {
        return new Refused(
                Refusal.DAY_SPENT,
                "you have called as much as you may in a day; days begin at 00:00 UTC",
                Slice.NONE,
                dailyUse.untilTomorrow());
    }

    static Refused refused(Exceeded exceeded) {
        if (exceeded.nanos() == Long.MAX_VALUE) {
            return new Refused(
                    Refusal.LIMITED,
                    "a call of this method takes more credits than you may ever take at once",
                    Slice.NONE,
                    Duration.ZERO);
        }
        Duration wait = Duration.ofSeconds(Math.max(1, (exceeded.nanos() + SECOND - 1) / SECOND));
        return new Refused(
                Refusal.LIMITED,
                "you have called too often for now; try again in " + wait.toSeconds() + " s",
                Slice.NONE,
                wait);
    }
}
