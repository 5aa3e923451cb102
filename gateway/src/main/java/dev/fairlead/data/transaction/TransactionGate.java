package dev.fairlead.data.transaction;

import dev.fairlead.core.eth.Method.Kind;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.transaction.Examination;
import dev.fairlead.core.transaction.TransactionRules;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Stage;
import java.util.List;
import java.util.function.Consumer;

/// Lets a submission through when its transactions keep the rules.
public final class TransactionGate implements Stage {
    private final Board<AccessPolicy> policy;
    private final Board<Fleet> fleet;
    private final TransactionChecks shared;

    public TransactionGate(Board<AccessPolicy> policy, Board<Fleet> fleet, TransactionChecks shared) {
        this.policy = policy;
        this.fleet = fleet;
        this.shared = shared;
    }

    @Override
    public void take(Call call, Next onward, Consumer<Answer> back) {
        if (call.method().kind() == Kind.SUBMISSION && !call.isAskedAgain()) check(call, onward, back);
        else onward.take(call, back);
    }

    private void check(Call call, Next onward, Consumer<Answer> back) {
        AccessPolicy now = policy.now().forPage(call.client().origin());
        TransactionRules rules = now.transactions(call.tenant(), call.chain());
        List<Limit.Identified> limits = limits(now, call);
        if (rules.areNone() && limits.isEmpty()) {
            onward.take(call, back);
            return;
        }
        var examination = new Examination(rules, chainId(call), !limits.isEmpty());
        var check = new TransactionCheck(call, onward, back, examination, limits, now, shared);
        check.begin();
    }

    private static List<Limit.Identified> limits(AccessPolicy now, Call call) {
        List<Limit.Identified> declared = now.senderLimits(call.tenant(), call.chain());
        if (declared.isEmpty()) return declared;
        return declared.stream().filter(one -> counts(one.limit(), call)).toList();
    }

    private static boolean counts(Limit limit, Call call) {
        return limit.counts(call.method().name())
                && !limit.exempt().has(call.client().origin(), call.client().userAgent());
    }

    private long chainId(Call call) {
        ChainState chain = fleet.now().chain(call.chain());
        return chain == null ? 0 : chain.learnedId();
    }
}
