package dev.fairlead.data.failover;

import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.guard.ShownAnswers;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.ReplyBlock;
import dev.fairlead.data.submission.Broadcast;
import dev.fairlead.data.submission.Submission;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/// Answers one call, once, and notes what the answer shows its client.
final class CallAnswer {
    private final RoutedCall routed;
    private final CallAttempts attempts;
    private final KeptAnswers kept;
    private final Consumer<Answer> back;
    private boolean isGiven;

    CallAnswer(RoutedCall routed, CallAttempts attempts, KeptAnswers kept, Consumer<Answer> back) {
        this.routed = routed;
        this.attempts = attempts;
        this.kept = kept;
        this.back = back;
    }

    /// A node's reply goes to the client; what it shows was noted before.
    ///
    /// @param reply owned from now on
    void serve(RunningAttempt from, Reply reply) {
        attempts.answered(from);
        routed.call.servedBy(from.node().id());
        finish(new Answer.Served(reply));
    }

    /// The error of a node as it put it.
    void pass(NodeId from, RpcError error) {
        routed.call.servedBy(from);
        finish(new Answer.Objected(error));
    }

    void finish(Answer answer) {
        kept.discard();
        Call call = routed.call;
        if (isGiven || call.isAbandoned()) {
            if (answer instanceof Answer.Served(var reply)) reply.discard();
            return;
        }
        isGiven = true;
        back.accept(answer);
    }

    /// No node gave an answer for the client, and no further node is asked.
    void refuse(Progress progress, CallPlan plan, long now) {
        Objections objections = progress.objections();
        switch (Conclusion.refusal(progress, kept.isDenied())) {
            case DENIAL -> deny(plan.isHopeful());
            case OBJECTION ->
                pass(Objects.requireNonNull(objections.bestFrom()), Objects.requireNonNull(objections.best()));
            case SHED -> finish(Objects.requireNonNull(progress.shed()));
            case UNANSWERED -> finish(unanswered(objections, plan, now));
        }
    }

    /// A result goes to the client: from now on no answer may go back behind it.
    void noteShown(ChainRoutes routes, RunningAttempt from, Reply reply) {
        if (routed.isSubmission) Submission.sent(routed.floor, ReplyBlock.hashKey(reply));
        if (!ShownAnswers.isOf(routed.method, routed.kind)) return;
        new ShownAnswers(routed.dispatch, routed.chain)
                .note(
                        routed.method,
                        routed.kind,
                        routed.named,
                        routes.chain().chain(),
                        from,
                        reply,
                        kept.denialOrNull());
    }

    /// A node took the transaction, so it is sent to further ones.
    void accepted(ChainRoutes routes, RunningAttempt by) {
        if (!(routed.kind instanceof CallKind.Signed(var hash, var _))) return;
        NodeId node = by.node().id();
        Submission.sent(routed.floor, HexKey.ofHash(hash));
        routed.chain.recentSends().took(hash, node, routed.dispatch.now());
        Broadcast.begin(routed.dispatch, routes, routed.call, routed.needs(), hash, node);
    }

    /// @param isHopeful whether another node might still have had it
    private void deny(boolean isHopeful) {
        if (!isHopeful) kept.denial().agreed();
        serve(kept.denial().first(), kept.denial().release());
    }

    private Refused unanswered(Objections objections, CallPlan plan, long now) {
        boolean isLate = routed.left(now) <= RunTransitions.LONGEST_PAUSE;
        var rest = Duration.ofNanos(plan.rest(now));
        return Refusals.unanswered(routed.call.chain(), objections, plan.lasting(), isLate, rest);
    }
}
