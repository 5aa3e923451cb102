package dev.fairlead.data.failover;

import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.guard.BestKept;
import dev.fairlead.data.guard.HeadGuard;
import dev.fairlead.data.submission.Submission;
import java.util.Objects;

/// Ends a run that got no answer at once: the client gets the best of what was kept, what a look-up finds, or
/// what the nodes objected.
final class RunConclusion {
    private final Run run;
    private final RoutedCall routed;
    private final CallPlan plan;
    private final CallAttempts attempts;
    private final KeptAnswers kept;
    private final CallAnswer answer;

    /// The run that is ended, which goes on when there is nothing to end it with yet.
    interface Run {
        void on(RunEvent event);

        Progress progress();

        RunFacts facts();

        Submission submission();
    }

    RunConclusion(
            Run run, RoutedCall routed, CallPlan plan, CallAttempts attempts, KeptAnswers kept, CallAnswer answer) {
        this.run = run;
        this.routed = routed;
        this.plan = plan;
        this.attempts = attempts;
        this.kept = kept;
        this.answer = answer;
    }

    void conclude(Conclusion conclusion) {
        switch (conclusion) {
            case BEST_KEPT -> serveBestKept();
            case LOOKED_UP -> run.submission().conclude(isRefusable() ? this::refuse : null);
            case TURNED_AWAY -> run.submission().turnedAway(this::refuse);
            case REFUSED -> refuse();
        }
    }

    void serveBestKept() {
        switch (kept.guard().best(plan.chain(), now())) {
            case BestKept.OfNode(var from, var reply) -> answer.serve(from, reply);
            case BestKept.Known(var result) -> answer.finish(new Answer.Known(result));
            case BestKept.BlockByNumber(var number) -> {
                if (!asksByNumber(number)) awaitShown();
            }
            case BestKept.TooLow _ -> serveLow();
        }
    }

    /// Asks by number for the last safe or final block that clients were shown.
    void standIn() {
        long number = heads().standIn();
        if (number < 0 || !asksByNumber(number)) run.on(new RunEvent.NobodyLeft(run.facts()));
    }

    void serveLow() {
        BestKept.OfNode low = heads().low();
        if (low != null) answer.serve(low.from(), low.reply());
        else run.on(new RunEvent.NothingKept(run.facts()));
    }

    private boolean asksByNumber(long number) {
        return ShownBlockRequest.begin(
                routed, plan.routes(), attempts, number, now(), (ended, outcome) -> byNumber(number, ended, outcome));
    }

    private void byNumber(long number, RunningAttempt ended, Outcome outcome) {
        if (attempts.isInVain(outcome)) return;
        if (outcome instanceof Outcome.Answered(var reply)) {
            if (heads().accepts(reply, number, plan.chain(), now())) {
                answer.serve(ended, reply);
                return;
            }
            reply.discard();
        }
        awaitShown();
    }

    /// Waits for the block that clients were shown and no node had.
    private void awaitShown() {
        kept.await(heads().shownNumber(), plan.state(), now());
        run.on(new RunEvent.LowAwaited(run.facts()));
    }

    private HeadGuard heads() {
        return Objects.requireNonNull(kept.headGuard());
    }

    private boolean isRefusable() {
        Objections objections = run.progress().objections();
        return objections.isTelling() || objections.areOfSize();
    }

    private void refuse() {
        answer.refuse(run.progress(), plan, now());
    }

    private long now() {
        return routed.dispatch.now();
    }
}
