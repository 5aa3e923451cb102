package dev.fairlead.data.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.CreditBucket;
import dev.fairlead.data.call.CreditBucket.Left;
import io.github.bucket4j.TimeMeter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was taken of every limit lately, by whom. One for the whole gateway; may be used from any thread.
public final class CallLimits {
    /// Those that were not counted for longest are forgotten, so that nobody makes this grow by calling under many
    /// names. About 400 bytes each.
    static final int MOST_COUNTED = 50_000;

    private final CreditBucket.Source source;
    private final Cache<BucketKey, CreditBucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_COUNTED)
            .executor(Runnable::run)
            .build();

    private final LimitRefusals refusals = new LimitRefusals(System::nanoTime);

    /// @param limit its identity, so that a limit which comes or goes does not disturb the others
    /// @param subject what is counted apart: a text for each that [Limit#per] names, one a line
    private record BucketKey(String limit, String subject) {}

    /// A limit that a call would exceed.
    ///
    /// @param nanos until it would not
    record Exceeded(Limit limit, long nanos) {}

    public CallLimits() {
        this(TimeMeter.SYSTEM_MILLISECONDS);
    }

    CallLimits(TimeMeter clock) {
        this((limit, _) -> new LocalBucket(limit.limit(), clock));
    }

    public CallLimits(CreditBucket.Source source) {
        this.source = source;
    }

    LimitRefusals refusals() {
        return refusals;
    }

    /// How many are counted apart now.
    public long counted() {
        return buckets.estimatedSize();
    }

    /// Takes the call's credits from all limits that count it, or from none.
    ///
    /// @param credits 0 for a call that counts nothing
    /// @return null when there were enough; else the limit that lets it through last
    @Nullable
    Exceeded take(List<Limit.Identified> limits, Call call, long credits) {
        if (credits == 0) return null;
        Exceeded exceeded = null;
        for (int i = 0; i < limits.size(); i++) {
            Limit.Identified limit = limits.get(i);
            if (!counts(limit.limit(), call)) continue;
            CreditBucket bucket = bucket(limits, i, call);
            long nanos = exceeded == null ? bucket.take(credits) : bucket.waitFor(credits);
            if (nanos == 0) continue;
            if (exceeded == null) giveBack(limits, i, call, credits);
            if (exceeded == null || nanos > exceeded.nanos()) exceeded = new Exceeded(limit.limit(), nanos);
        }
        return exceeded;
    }

    /// What is left of a limit for a tenant's calls of a method, as far as this gateway knows; nothing is
    /// taken. Of one that counts addresses, keys or senders apart it depends on who calls.
    public Left left(Limit.Identified limit, Tenant tenant, String chain, String method) {
        var subject = new ArrayList<String>();
        for (Limit.Per per : limit.limit().per()) {
            switch (per) {
                case ADDRESS, KEY, SENDER -> {
                    return new Left.OfCaller();
                }
                case TENANT -> subject.add(tenant.name());
                case CHAIN -> subject.add(chain);
                case METHOD -> subject.add(MethodTable.label(method));
            }
        }
        var key = new BucketKey(limit.identity(), String.join("\n", subject));
        CreditBucket known = buckets.getIfPresent(key);
        return (known == null ? source.bucket(limit, key.subject()) : known).left();
    }

    /// Gives back what all limits that count the call took for it.
    void giveBack(List<Limit.Identified> limits, Call call, long credits) {
        giveBack(limits, limits.size(), call, credits);
    }

    private void giveBack(List<Limit.Identified> limits, int before, Call call, long credits) {
        for (int i = 0; i < before; i++) {
            if (counts(limits.get(i).limit(), call)) bucket(limits, i, call).giveBack(credits);
        }
    }

    /// Kept for the caller's next call, unless it depends on more than the caller.
    private CreditBucket bucket(List<Limit.Identified> limits, int index, Call call) {
        CreditBucket kept = call.client().buckets().get(limits, index);
        if (kept != null) return kept;
        Limit.Identified limit = limits.get(index);
        var key = new BucketKey(limit.identity(), subject(limit.limit(), call));
        CreditBucket known = buckets.getIfPresent(key);
        if (known == null) known = buckets.get(key, _ -> source.bucket(limit, key.subject()));
        if (limit.limit().isOfCaller()) call.client().buckets().keep(limits, index, known);
        return known;
    }

    private static boolean counts(Limit limit, Call call) {
        return limit.counts(call.method().name())
                && !limit.exempt().has(call.client().origin(), call.client().userAgent());
    }

    /// No text has an end of line in it.
    private static String subject(Limit limit, Call call) {
        List<Limit.Per> per = limit.per();
        if (per.isEmpty()) return "";
        String subject = text(per.getFirst(), call);
        for (int i = 1; i < per.size(); i++) subject = subject + '\n' + text(per.get(i), call);
        return subject;
    }

    private static String text(Limit.Per per, Call call) {
        return switch (per) {
            case ADDRESS -> call.client().peer().address();
            case KEY -> call.client().caller();
            case TENANT -> call.tenant().name();
            case CHAIN -> call.chain();
            case SENDER -> call.sender();
            case METHOD -> MethodTable.label(call.method().name());
        };
    }
}
