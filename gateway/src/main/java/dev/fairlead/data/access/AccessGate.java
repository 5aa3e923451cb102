package dev.fairlead.data.access;

import dev.fairlead.core.allow.CallScope;
import dev.fairlead.core.allow.ListObjection;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.MethodDecision.Closed;
import dev.fairlead.core.policy.MethodDecision.Open;
import dev.fairlead.core.policy.MethodRules;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Known;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Stage;
import java.util.function.Consumer;

/// Lets a call through when its method is open to its tenant, and says to which group a route sends it.
public final class AccessGate implements Stage {
    private static final String ACCOUNTS = "eth_accounts";
    private static final Slice NO_ACCOUNTS = Slice.of("[]");

    private final Board<AccessPolicy> policy;
    private final ClosedCalls closedCalls;

    public AccessGate(Board<AccessPolicy> policy, ClosedCalls closedCalls) {
        this.policy = policy;
        this.closedCalls = closedCalls;
    }

    @Override
    public void take(Call call, Next onward, Consumer<Answer> back) {
        MethodRules rules = policy.now().forPage(call.client().origin()).rules(call.tenant(), call.chain());
        if (rules == null) {
            onward.take(call, back); // a chain that has just gone: what follows says so
            return;
        }
        switch (rules.of(call.method())) {
            case Open(var _, var group) -> {
                CallScope scope = call.client().scope();
                ListObjection objection = scope == null
                        ? null
                        : scope.objection(call.method(), call.request().params());
                if (objection != null) {
                    closedCalls.forbidden(
                            call.chain(), call.tenant(), call.method().name(), objection);
                    back.accept(new Refused(Refusal.FORBIDDEN, objection.text()));
                    return;
                }
                call.route(group);
                onward.take(call, back);
            }
            case Closed closed -> refuse(call, closed, back);
        }
    }

    private void refuse(Call call, Closed closed, Consumer<Answer> back) {
        Answer answer = answer(call.method(), closed);
        if (answer instanceof Refused) closedCalls.refused(call, closed);
        back.accept(answer);
    }

    /// What the caller gets for a method that is not open: wallets ask for accounts before anything else, and take none
    /// for an answer.
    public static Answer answer(Method method, Closed closed) {
        if (method.name().equals(ACCOUNTS) && !closed.isDenied()) return new Known(NO_ACCOUNTS);
        return Refused.methodNotAvailable(method.name(), because(method));
    }

    private static String because(Method method) {
        return switch (method.family()) {
            case UNKNOWN -> "it is not known, and not open to callers";
            case NODE_ORDER -> "it is for those who run a node; call the node itself";
            case READING, VENDOR_READING, SUBMISSION, NODE_ACCOUNT, RESTRICTED -> "it is not open to callers";
        };
    }
}
