package dev.fairlead.core.transaction;

import dev.fairlead.core.secret.MaskedUrl;
import dev.fairlead.core.transaction.TransactionFault.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One rule for submissions that counts for a caller, and the key that says it.
///
/// @param key `tenants.swap.transactions.max_gas`
/// @param text what it demands, in words, without secrets
public record RuleText(String key, String text) {
    /// What one place says.
    ///
    /// @param key of the table
    public record Place(String key, TransactionPolicy policy) {}

    /// @param places the nearest first, as [TransactionRules] takes them
    public static List<RuleText> of(List<Place> places) {
        return said(places).stream().filter(rule -> !rule.text().isEmpty()).toList();
    }

    /// All that one place says, what takes a rule away included.
    public static List<RuleText> of(Place place) {
        return said(List.of(place)).stream()
                .map(rule -> rule.text().isEmpty() ? new RuleText(rule.key(), "no bound") : rule)
                .toList();
    }

    private static List<RuleText> said(List<Place> places) {
        var rules = new ArrayList<RuleText>();
        nearest(rules, places, "check_chain_id", policy -> flag(policy.checksChainId(), "for this chain"));
        nearest(rules, places, "require_eip155", policy -> flag(policy.requiresProtection(), "naming their chain"));
        nearest(rules, places, "max_size", policy -> bound(policy.maxSize(), "bytes"));
        nearest(rules, places, "max_gas", policy -> bound(policy.maxGas(), "gas"));
        nearest(rules, places, "max_fee", policy -> {
            if (policy.maxFee() == null) return null;
            return policy.maxFee().signum() == 0
                    ? ""
                    : "a fee of " + policy.maxFee().toPlainString() + " ether at most";
        });
        nearest(rules, places, "allow_senders", policy -> senders("only those of", policy.allowSenders()));
        for (Place place : places) {
            nearest(rules, List.of(place), "deny_senders", policy -> senders("none of", policy.denySenders()));
        }
        nearest(rules, places, "webhook", policy -> policy.webhook() == null ? null : asked(policy.webhook()));
        return List.copyOf(rules);
    }

    /// The key that decides about a transaction which does not keep a rule: where that rule is said, else where it
    /// could be said for all; null for a rule that no key says.
    ///
    /// @param sender who signed; null when that is not known
    public static @Nullable String decidingKey(List<Place> places, Rule rule, @Nullable String sender) {
        if (!rule.isKey()) return null;
        for (Place place : places) {
            if (says(place.policy(), rule, sender)) return place.key() + "." + rule.word();
        }
        return places.getLast().key() + "." + rule.word();
    }

    private static boolean says(TransactionPolicy policy, Rule rule, @Nullable String sender) {
        return switch (rule) {
            case MAX_SIZE -> policy.maxSize() != null;
            case CHECK_CHAIN_ID -> policy.checksChainId() != null;
            case REQUIRE_EIP155 -> policy.requiresProtection() != null;
            case MAX_GAS -> policy.maxGas() != null;
            case MAX_FEE -> policy.maxFee() != null;
            case ALLOW_SENDERS -> !policy.allowSenders().isEmpty();
            case DENY_SENDERS -> sender != null && policy.denySenders().contains(sender);
            case WEBHOOK -> policy.webhook() != null;
            case SIGNATURE, PARAMS, TOO_MANY, MALFORMED, UNREADABLE -> false;
        };
    }

    /// Null is what a place does not say, an empty text that it takes the rule away.
    private static void nearest(
            List<RuleText> rules, List<Place> places, String key, Function<TransactionPolicy, @Nullable String> said) {
        for (Place place : places) {
            String text = said.apply(place.policy());
            if (text == null) continue;
            rules.add(new RuleText(place.key() + "." + key, text));
            return;
        }
    }

    private static @Nullable String flag(@Nullable Boolean said, String text) {
        if (said == null) return null;
        return said ? text : "";
    }

    private static @Nullable String bound(@Nullable Long most, String unit) {
        if (most == null) return null;
        return most == 0 ? "" : String.format(Locale.ROOT, "%,d %s at most", most, unit);
    }

    private static @Nullable String senders(String which, List<String> senders) {
        if (senders.isEmpty()) return null;
        return which + " " + senders.size() + (senders.size() == 1 ? " sender" : " senders");
    }

    private static String asked(Webhook webhook) {
        return "those that " + MaskedUrl.url(webhook.url()) + " allows ("
                + webhook.onFailure().name().toLowerCase(Locale.ROOT) + " when it fails)";
    }
}
