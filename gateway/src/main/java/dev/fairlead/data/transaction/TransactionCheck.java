package dev.fairlead.data.transaction;

import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.secret.MaskedUrl;
import dev.fairlead.core.telemetry.Events.Unchecked;
import dev.fairlead.core.telemetry.Events.Unchecked.Then;
import dev.fairlead.core.transaction.Examination;
import dev.fairlead.core.transaction.Examination.Examined;
import dev.fairlead.core.transaction.Examination.Finding;
import dev.fairlead.core.transaction.SubmissionReader;
import dev.fairlead.core.transaction.Submitted;
import dev.fairlead.core.transaction.TransactionFault;
import dev.fairlead.core.transaction.TransactionFault.Rule;
import dev.fairlead.core.transaction.Webhook;
import dev.fairlead.core.transaction.Webhook.OnFailure;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.CallWorkers;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One submission on its way through the rules. All but the examination of what is large or signed happens on its
/// event loop.
///
/// ```
/// begin ──▶ examined ──▶ counted ──▶ asked about ──▶ onward
///   └───────────┴────────────┴────────────┴──▶ refused
/// ```
final class TransactionCheck {
    private final Call call;
    private final Next onward;
    private final Consumer<Answer> back;
    private final Examination examination;
    private final List<Limit.Identified> limits;
    private final AccessPolicy policy;
    private final TransactionChecks shared;

    /// @param limits those that count by who signed
    TransactionCheck(
            Call call,
            Next onward,
            Consumer<Answer> back,
            Examination examination,
            List<Limit.Identified> limits,
            AccessPolicy policy,
            TransactionChecks shared) {
        this.call = call;
        this.onward = onward;
        this.back = back;
        this.examination = examination;
        this.limits = limits;
        this.policy = policy;
        this.shared = shared;
    }

    /// What is large is read elsewhere, and so is who signed.
    void begin() {
        if (!CallWorkers.isSmall(call)) {
            elsewhere(() -> examination.of(submitted()));
            return;
        }
        Submitted submitted = submitted();
        if (examination.needsSender() && submitted instanceof Submitted.Signed) {
            elsewhere(() -> examination.of(submitted));
        } else {
            examined(examination.of(submitted));
        }
    }

    private Submitted submitted() {
        return SubmissionReader.read(call.method().name(), call.request().params());
    }

    private void elsewhere(Supplier<Finding> examined) {
        shared.workers().work(call, examined, this::examined, back);
    }

    private void examined(Finding finding) {
        switch (finding) {
            case Finding.Faulty(var fault, var one) -> refuse(fault, one);
            case Finding.Sound(var transactions) -> count(transactions);
            case Finding.Nothing _ -> send();
        }
    }

    private void count(List<Examined> transactions) {
        List<String> senders = transactions.stream()
                .flatMap(one -> Stream.ofNullable(one.sender()))
                .toList();
        Refused refused = shared.limits().take(limits, policy, call, senders);
        if (refused != null) {
            back.accept(refused);
            return;
        }
        Webhook webhook = examination.rules().webhook();
        if (webhook == null) send();
        else ask(webhook, transactions);
    }

    private void ask(Webhook webhook, List<Examined> transactions) {
        long left = call.deadline() - System.nanoTime();
        var question = new WebhookQuestion(call, examination.chainId(), transactions);
        Runnable cancel = shared.webhooks()
                .ask(
                        webhook,
                        question,
                        Math.max(0, left),
                        told -> CallWorkers.onLoop(call, () -> answered(webhook, transactions, told)));
        call.onAbandon(cancel);
    }

    private void answered(Webhook webhook, List<Examined> transactions, WebhookClient.Told told) {
        switch (told.answer()) {
            case WebhookAnswer.Failed(var cause) -> failed(webhook, cause, told);
            case WebhookAnswer.Allowed _ -> {
                if (!call.isAbandoned()) send();
            }
            case WebhookAnswer.Denied(var reason) -> {
                String text = "the transaction is refused: " + reason;
                if (!call.isAbandoned()) refuse(new TransactionFault(Rule.WEBHOOK, text), transactions.getFirst());
            }
        }
    }

    private void failed(Webhook webhook, String cause, WebhookClient.Told told) {
        Refused late = late();
        Then then = call.isAbandoned() || late != null
                ? Then.DROPPED
                : webhook.onFailure() == OnFailure.OPEN ? Then.SENT : Then.REFUSED;
        shared.events().unchecked(unchecked(webhook, cause, told, then));
        if (call.isAbandoned()) return;
        switch (then) {
            case DROPPED -> back.accept(Objects.requireNonNull(late));
            case REFUSED -> back.accept(unchecked());
            case SENT -> onward.take(call, back);
        }
    }

    private Unchecked unchecked(Webhook webhook, String cause, WebhookClient.Told told, Then then) {
        return new Unchecked(
                call.serial(),
                call.chain(),
                call.tenant().name(),
                call.client().alias(),
                call.client().address(),
                call.method().name(),
                told.transactions(),
                MaskedUrl.url(webhook.url()),
                cause,
                then,
                told.nanos());
    }

    private static Refused unchecked() {
        return new Refused(
                Refusal.UNCHECKED,
                "the transaction could not be checked, and was not sent; try again soon",
                Slice.NONE,
                Duration.ofSeconds(1));
    }

    /// Time has passed, and what nobody waits for any more must not be done.
    private void send() {
        Refused late = late();
        if (late == null) onward.take(call, back);
        else back.accept(late);
    }

    private @Nullable Refused late() {
        if (System.nanoTime() - call.deadline() < 0) return null;
        return new Refused(Refusal.DEADLINE, "no time was left after the transaction was checked; it was not sent");
    }

    private void refuse(TransactionFault fault, @Nullable Examined examined) {
        shared.refused().refused(call, policy, fault, examined);
        Refusal refusal = fault.rule() == Rule.PARAMS ? Refusal.INVALID_PARAMS : Refusal.TRANSACTION_REFUSED;
        back.accept(new Refused(refusal, fault.text()));
    }
}
