package dev.fairlead.data.transaction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.transaction.Examination.Examined;
import dev.fairlead.core.transaction.SenderRecovery;
import dev.fairlead.core.transaction.Transaction;
import dev.fairlead.core.transaction.TransactionFault;
import dev.fairlead.data.call.Call;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Tells operators of transactions that do not keep a rule: the first one in ten minutes for each tenant, chain
/// and rule, whatever callers send. May be used from any thread.
public final class RefusedTransactions {
    static final Duration QUIET = Duration.ofMinutes(10);
    private static final int MOST = 10_000;

    private final Events events;
    private final UnaryOperator<String> places;
    private final Cache<Kind, Boolean> told;

    private record Kind(String tenant, String chain, TransactionFault.Rule rule) {}

    /// @param places where a key of the configuration stands; empty when it stands nowhere
    public RefusedTransactions(Events events, UnaryOperator<String> places) {
        this(events, places, Ticker.systemTicker());
    }

    RefusedTransactions(Events events, UnaryOperator<String> places, Ticker clock) {
        this.events = events;
        this.places = places;
        this.told = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(QUIET)
                .ticker(clock)
                .executor(Runnable::run)
                .build();
    }

    /// @param examined the first one that is refused; null where none was read
    void refused(Call call, AccessPolicy policy, TransactionFault fault, @Nullable Examined examined) {
        String tenant = call.tenant().name();
        events.transactionRefused(call.chain(), fault.rule().word());
        if (told.asMap().putIfAbsent(new Kind(tenant, call.chain(), fault.rule()), true) != null) return;
        Transaction transaction = examined == null ? null : examined.transaction();
        String sender = transaction == null ? null : SenderRecovery.sender(transaction);
        String key = policy.decidingOfTransactions(call.tenant(), call.chain(), fault.rule(), sender);
        String by = key == null ? fault.rule().word() : placed(key);
        events.closed(
                call.chain(),
                tenant,
                call.method().name(),
                by + " refuses " + named(transaction, sender) + ": " + OneLine.of(fault.text()));
    }

    private String placed(String key) {
        String place = places.apply(key);
        return key + (place.isEmpty() ? ", which holds where nothing is said," : " (" + place + ")");
    }

    private static String named(@Nullable Transaction transaction, @Nullable String sender) {
        if (transaction == null) return "what it brings";
        return "the transaction " + transaction.hash() + (sender == null ? "" : " of " + sender);
    }
}
