package dev.fairlead.data.transaction;

import dev.fairlead.core.eth.Method.Kind;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.transaction.Examination;
import dev.fairlead.core.transaction.Examination.Finding;
import dev.fairlead.core.transaction.SubmissionReader;
import dev.fairlead.core.transaction.TransactionRules;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Stage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
        List<Limit.Identified> limits = limits(
                now,
                call.tenant(),
                call.chain(),
                call.method().name(),
                call.client().origin(),
                call.client().userAgent());
        if (rules.areNone() && limits.isEmpty()) {
            onward.take(call, back);
            return;
        }
        var examination = new Examination(rules, chainId(call), !limits.isEmpty());
        var check = new TransactionCheck(call, onward, back, examination, limits, now, shared);
        check.begin();
    }

    /// What the rules have against a submission before its webhook is asked; null when nothing.
    public static Finding.@Nullable Faulty objection(
            AccessPolicy now,
            Tenant tenant,
            ChainState chain,
            @Nullable String origin,
            @Nullable String agent,
            Request request) {
        String name = chain.chain().name();
        TransactionRules rules = now.transactions(tenant, name);
        List<Limit.Identified> limits = limits(now, tenant, name, request.method(), origin, agent);
        if (rules.areNone() && limits.isEmpty()) return null;
        Finding finding = new Examination(rules, chain.learnedId(), !limits.isEmpty())
                .of(SubmissionReader.read(request.method(), request.params()));
        return finding instanceof Finding.Faulty faulty ? faulty : null;
    }

    /// Those that count it by who signed.
    private static List<Limit.Identified> limits(
            AccessPolicy now,
            Tenant tenant,
            String chain,
            String method,
            @Nullable String origin,
            @Nullable String agent) {
        List<Limit.Identified> declared = now.senderLimits(tenant, chain);
        if (declared.isEmpty()) return declared;
        return declared.stream()
                .filter(one ->
                        one.limit().counts(method) && !one.limit().exempt().has(origin, agent))
                .toList();
    }

    private long chainId(Call call) {
        ChainState chain = fleet.now().chain(call.chain());
        return chain == null ? 0 : chain.learnedId();
    }
}
