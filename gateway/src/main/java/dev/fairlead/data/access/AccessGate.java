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
import dev.fairlead.data.call.CallWorkers;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Stage;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lets a call through when its method is open to its tenant, and says to which group a route sends it.
public final class AccessGate implements Stage {
    private static final String ACCOUNTS = "eth_accounts";
    private static final Slice NO_ACCOUNTS = Slice.of("[]");

    private final Board<AccessPolicy> policy;
    private final ClosedCalls closedCalls;
    private final CallWorkers workers;

    /// @param workers read what is large
    public AccessGate(Board<AccessPolicy> policy, ClosedCalls closedCalls, CallWorkers workers) {
        this.policy = policy;
        this.closedCalls = closedCalls;
        this.workers = workers;
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
                call.route(group);
                hold(call, call.client().scope(), onward, back);
            }
            case Closed closed -> refuse(call, closed, back);
        }
    }

    /// Against the lists of its caller.
    private void hold(Call call, @Nullable CallScope scope, Next onward, Consumer<Answer> back) {
        if (scope == null) {
            onward.take(call, back);
        } else if (CallWorkers.isSmall(call)) {
            obey(objection(call, scope), call, onward, back);
        } else {
            workers.work(
                    call,
                    () -> Optional.ofNullable(objection(call, scope)),
                    found -> obey(found.orElse(null), call, onward, back),
                    back);
        }
    }

    private static @Nullable ListObjection objection(Call call, CallScope scope) {
        return scope.objection(call.method(), call.request().params());
    }

    private void obey(@Nullable ListObjection objection, Call call, Next onward, Consumer<Answer> back) {
        if (objection == null) {
            onward.take(call, back);
            return;
        }
        closedCalls.forbidden(call.chain(), call.tenant(), call.method().name(), objection);
        back.accept(new Refused(Refusal.FORBIDDEN, objection.text()));
    }

    private void refuse(Call call, Closed closed, Consumer<Answer> back) {
        Answer answer = answer(call.method(), closed);
        if (answer instanceof Refused) closedCalls.refused(call, closed);
        back.accept(answer);
    }

    /// What the caller gets for a method that is not open: wallets ask for accounts before anything else, and
    /// take none for an answer.
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
