package dev.fairlead;

import dev.fairlead.control.admin.view.Explainer.Caller;
import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.allow.CallScope;
import dev.fairlead.core.allow.ListObjection;
import dev.fairlead.core.eth.Method.Kind;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.transaction.Examination.Finding;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.data.logs.LogGate;
import dev.fairlead.data.transaction.TransactionGate;
import org.jspecify.annotations.Nullable;

/// What speaks against a call whose method is open, by asking what the gates ask. Empty params are any params.
record CallObjections(Traffic traffic) {
    /// @param key that decides; empty where none does, or the call's rules name it anyway
    record Objection(String text, String key) {}

    /// What the tenant's lists have against it, before it takes credits; null when nothing.
    @Nullable
    String lists(AccessPolicy policy, Caller caller, Request request) {
        if (caller.tenant().equals(Tenant.PUBLIC)) return null;
        AllowLists lists = policy.lists(caller.tenant());
        ListObjection sender = caller.hasHeaders() ? lists.objection(caller.origin(), caller.agent()) : null;
        if (sender != null) return sender.text();
        CallScope scope = CallScope.of(lists);
        ListObjection objection = scope == null || request.params().isEmpty()
                ? null
                : scope.objection(MethodTable.of(request.method()), request.params());
        return objection == null ? null : objection.text();
    }

    /// What caps for logs and rules for transactions have against it, after it took credits; null when nothing.
    @Nullable
    Objection rules(AccessPolicy policy, Caller caller, ChainState chain, Request request) {
        if (request.params().isEmpty()) return null;
        String name = chain.chain().name();
        Refused refused = LogGate.refusal(
                policy.logs(caller.tenant(), name),
                request,
                chain,
                traffic.chain(name).floor());
        if (refused != null) return new Objection(refused.detail(), "");
        if (MethodTable.of(request.method()).kind() != Kind.SUBMISSION) return null;
        Finding.Faulty faulty =
                TransactionGate.objection(policy, caller.tenant(), chain, caller.origin(), caller.agent(), request);
        if (faulty == null) return null;
        String sender = faulty.examined() == null ? null : faulty.examined().sender();
        String key = policy.decidingOfTransactions(
                caller.tenant(), name, faulty.fault().rule(), sender);
        return new Objection(faulty.fault().text(), key == null ? "" : key);
    }
}
