package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.ListOf;
import dev.fairlead.config.Scalar;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.config.TableValues;
import dev.fairlead.core.transaction.TransactionPolicy;
import dev.fairlead.core.transaction.Webhook;
import dev.fairlead.core.transaction.Webhook.OnFailure;
import dev.fairlead.core.url.NodeUrl.Good;
import dev.fairlead.core.url.StrictUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The keys of what is demanded of submissions: `[policy.transactions]`, `[chains.<chain>.policy.transactions]`
/// and `[tenants.<tenant>.transactions]`. Where one is silent, the next counts: tenant, chain, all.
final class TransactionKeys {
    private static final String ELSEWHERE = "what the chain or `policy.transactions` says, else ";
    private static final Webhook NOWHERE =
            new Webhook(URI.create("http://nowhere.invalid"), null, Duration.ofSeconds(2), OnFailure.CLOSED, 64);

    static final Key<Webhook, Good> URL = new Key<Webhook, Good>(
                    "url",
                    Scalars.url("http", StrictUrl::http),
                    webhook -> new Good(webhook.url(), null),
                    "Where it is asked by HTTP POST; `user:password@` in it is sent as basic authentication.")
            .needed();
    static final Key<Webhook, Duration> TIMEOUT = new Key<>(
            "timeout",
            Scalars.duration(Duration.ofMillis(10), Duration.ofSeconds(30)),
            Webhook::timeout,
            "How long its answer is waited for.");
    static final Key<Webhook, OnFailure> ON_FAILURE = new Key<>(
            "on_failure",
            Scalars.choice(List.of(OnFailure.values())),
            Webhook::onFailure,
            "What becomes of a transaction when no answer comes in time, or none that can be understood: `open` lets it "
                    + "through, `closed` refuses it.");
    static final Key<Webhook, Integer> IN_FLIGHT = new Key<>(
            "in_flight",
            Scalars.count(1, 10_000),
            Webhook::mostInFlight,
            "How many questions it is asked at once; one more counts as a failure.");

    static final Key<TransactionPolicy, Boolean> CHAIN_ID = new Key<TransactionPolicy, Boolean>(
                    "check_chain_id",
                    Scalars.flag(),
                    TransactionPolicy::checksChainId,
                    "Whether a transaction that names a chain must name the one that it is sent to.")
            .otherwise(ELSEWHERE + "`true`");
    static final Key<TransactionPolicy, Boolean> EIP155 = new Key<TransactionPolicy, Boolean>(
                    "require_eip155",
                    Scalars.flag(),
                    TransactionPolicy::requiresProtection,
                    "Whether a transaction must name its chain, without which it may be repeated on another one.")
            .otherwise(
                    ELSEWHERE + "`true`, but where the preset is `local` or `everything`, which leave it to the node");
    static final Key<TransactionPolicy, Long> MAX_SIZE = new Key<TransactionPolicy, Long>(
                    "max_size",
                    Scalars.size(0, 1L << 30),
                    TransactionPolicy::maxSize,
                    "The bytes that it may have, blobs included; 0 is no bound.")
            .otherwise(ELSEWHERE + "`0`");
    static final Key<TransactionPolicy, Long> MAX_GAS = new Key<TransactionPolicy, Long>(
                    "max_gas",
                    Scalars.whole(0, 999_999_999_999_999_999L),
                    TransactionPolicy::maxGas,
                    "The gas limit that it may have; 0 is no bound.")
            .otherwise(ELSEWHERE + "`0`");
    static final Key<TransactionPolicy, BigDecimal> MAX_FEE = new Key<TransactionPolicy, BigDecimal>(
                    "max_fee",
                    Scalars.decimal(0, 1_000_000_000).as(BigDecimal::valueOf, BigDecimal::doubleValue),
                    TransactionPolicy::maxFee,
                    "What its gas may cost at the most, in ether, as `rpc.txfeecap` of go-ethereum; 0 is no bound.")
            .otherwise(ELSEWHERE + "`0`");
    static final Key<TransactionPolicy, List<String>> ALLOW_SENDERS = new Key<TransactionPolicy, List<String>>(
                    "allow_senders",
                    new ListOf<>(address()),
                    TransactionPolicy::allowSenders,
                    "The only accounts whose transactions, and EIP-7702 authorizations, are taken.")
            .otherwise(ELSEWHERE + "all");
    static final Key<TransactionPolicy, List<String>> DENY_SENDERS = new Key<>(
            "deny_senders",
            new ListOf<>(address()),
            TransactionPolicy::denySenders,
            "Accounts whose transactions, and EIP-7702 authorizations, are refused, besides those that the chain and "
                    + "`policy.transactions` name.");

    private TransactionKeys() {}

    /// @param title of the table around it
    static Key<TransactionPolicy, @Nullable Webhook> webhook(String title) {
        var table = new Table<>(
                title + ".webhook",
                "A service that is asked about each transaction before a node gets it; see "
                        + "[policy](policy.md#transactions).",
                NOWHERE,
                List.of(URL, TIMEOUT, ON_FAILURE, IN_FLIGHT),
                TransactionKeys::makeWebhook);
        return new Key<>("webhook", table, TransactionPolicy::webhook, "Who is asked about each transaction.");
    }

    /// @param around the title of the table around it
    static Table<TransactionPolicy> table(String around) {
        String title = around + ".transactions";
        Key<TransactionPolicy, @Nullable Webhook> webhook = webhook(title);
        return new Table<>(
                title,
                "What is demanded of signed transactions before a node gets them.",
                TransactionPolicy.NONE,
                List.of(CHAIN_ID, EIP155, MAX_SIZE, MAX_GAS, MAX_FEE, ALLOW_SENDERS, DENY_SENDERS, webhook),
                values -> make(values, webhook));
    }

    private static Webhook makeWebhook(TableValues<Webhook> values) {
        Good url = values.has(URL) ? values.of(URL) : new Good(NOWHERE.url(), null);
        return new Webhook(
                url.uri(), authorization(url), values.of(TIMEOUT), values.of(ON_FAILURE), values.of(IN_FLIGHT));
    }

    private static @Nullable String authorization(Good url) {
        if (url.auth() == null) return null;
        String pair = url.auth().user() + ":" + url.auth().password();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static TransactionPolicy make(
            TableValues<TransactionPolicy> values, Key<TransactionPolicy, @Nullable Webhook> webhook) {
        return new TransactionPolicy(
                values.orNull(CHAIN_ID),
                values.orNull(EIP155),
                values.orNull(MAX_SIZE),
                values.orNull(MAX_GAS),
                values.orNull(MAX_FEE),
                values.of(ALLOW_SENDERS),
                values.of(DENY_SENDERS),
                values.orNull(webhook));
    }

    private static Scalar<String> address() {
        return Scalars.text("account", "an address, 0x and 40 hex digits", "0x[0-9a-fA-F]{40}")
                .as(text -> text.toLowerCase(Locale.ROOT), text -> text);
    }
}
