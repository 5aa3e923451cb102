package dev.fairlead.control.operate;

import dev.fairlead.control.operate.Decision.Accepted;
import dev.fairlead.control.operate.Decision.Verb;
import dev.fairlead.control.operate.MergedTenants.Origin;
import dev.fairlead.control.operate.OrderResult.Cause;
import dev.fairlead.control.operate.OrderResult.Rejected;
import dev.fairlead.control.store.StoreChange;
import dev.fairlead.control.store.StoreChange.KeyForgotten;
import dev.fairlead.control.store.StoreChange.KeyKept;
import dev.fairlead.control.store.StoredDeclarations;
import dev.fairlead.core.jsonrpc.Counted;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.KeyHash;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.url.NameRule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides orders about keys. No clock, no I/O, as [Orders]; no reason repeats a key.
record KeyOrders(StoredDeclarations stored, MergedDeclarations merged) {
    static final int MOST_KEYS = 100_000;
    /// Keys of one alias that are valid at the same time.
    static final int MOST_OF_AN_ALIAS = 10;

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(366);
    private static final Duration LONGEST_LIFE = Duration.ofDays(36_525);
    private static final String LIST = "fairlead keys list shows what there is";

    /// @param random the key, if the order brings none
    Decision add(KeyOrder order, String random, Instant at) {
        Rejected fault = fault(order, at);
        if (fault != null) return fault;
        List<ApiKey> known = stored.keys().of(order.tenant(), order.named());
        Optional<ApiKey> valid =
                known.stream().filter(key -> !key.isExpired(at)).findFirst();
        if (valid.isPresent()) {
            return rejected(
                    Cause.CONFLICT,
                    "there is already a key " + valid.get().name() + ", which begins with "
                            + valid.get().prefix(),
                    "rotate it, or give another alias");
        }
        ApiKey key = key(order, random, at, order.expiry().end(at, null));
        Rejected taken = taken(key, known);
        if (taken != null) return taken;
        var changes = new ArrayList<StoreChange>();
        for (ApiKey expired : known) changes.add(new KeyForgotten(expired.hash()));
        changes.add(new KeyKept(key));
        return accepted(Verb.KEY_ADD, changes, key, generated(order, random), told(key, order), List.of());
    }

    /// A new key of the same alias. The old one is valid for a while yet, so that its users can change.
    ///
    /// @param random the key, if the order brings none
    Decision rotate(KeyOrder order, Duration overlap, String random, Instant at) {
        Rejected fault = fault(order, at);
        if (fault != null) return fault;
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            return rejected(
                    Cause.INVALID,
                    "overlap: expected 0 to " + LONGEST_OVERLAP.toDays() + " days, found another time",
                    "give a shorter one");
        }
        List<ApiKey> known = stored.keys().of(order.tenant(), order.named());
        List<ApiKey> valid = known.stream().filter(key -> !key.isExpired(at)).toList();
        if (valid.isEmpty()) return unknown(order.tenant(), order.named(), known.isEmpty() ? "" : " that is valid");
        boolean ends = overlap.isZero();
        if (!ends && valid.size() >= MOST_OF_AN_ALIAS) {
            return rejected(
                    Cause.CONFLICT,
                    "expected at most " + MOST_OF_AN_ALIAS + " valid keys of one alias, found as many already",
                    "revoke old ones by their prefix, or rotate without an overlap");
        }
        ApiKey newest = valid.getLast();
        Instant created =
                newest.createdAt().isBefore(at) ? at : newest.createdAt().plusMillis(1);
        ApiKey key = key(order, random, created, order.expiry().end(at, newest));
        Rejected taken = taken(key, List.of());
        if (taken != null) return taken;

        Instant end = at.plus(overlap).truncatedTo(ChronoUnit.SECONDS);
        var changes = new ArrayList<StoreChange>();
        for (ApiKey old : known) {
            if (ends || old.isExpired(at)) changes.add(new KeyForgotten(old.hash()));
            else if (isLonger(old, end)) changes.add(new KeyKept(old.until(end)));
        }
        changes.add(new KeyKept(key));
        String old = newest.prefix()
                + (ends ? ", is revoked" : ", is valid until " + (isLonger(newest, end) ? end : newest.expiresAt()));
        return accepted(
                Verb.KEY_ROTATE,
                changes,
                key,
                generated(order, random),
                told(key, order) + "; the old one, with prefix " + old,
                List.of("the old key, which begins with " + old));
    }

    /// @param prefix which of the keys of that alias, or null for all
    Decision revoke(String tenant, String alias, @Nullable String prefix) {
        List<ApiKey> keys = stored.keys().of(tenant, alias).stream()
                .filter(key -> prefix == null || key.prefix().equals(prefix))
                .toList();
        if (keys.isEmpty()) return unknown(tenant, alias, prefix == null ? "" : " with that prefix");
        boolean isLast = stored.keys().of(tenant).size() == keys.size();
        if (isLast && merged.tenants().origin(tenant) == Origin.UNDECLARED) {
            return rejected(
                    Cause.CONFLICT,
                    "tenant " + tenant + " is not declared any more, and this is its last key",
                    "remove both: fairlead tenants remove " + tenant + " --force (force=true)");
        }
        var changes = new ArrayList<StoreChange>();
        for (ApiKey key : keys) changes.add(new KeyForgotten(key.hash()));
        var remarks = new ArrayList<String>();
        if (keys.size() > 1) remarks.add(Counted.of(keys.size(), "key") + " of that alias were revoked");
        if (isLast) remarks.add("tenant " + tenant + " has no key left");
        String details =
                "prefix " + String.join(", ", keys.stream().map(ApiKey::prefix).toList());
        return accepted(Verb.KEY_REVOKE, changes, keys.getLast(), null, details, remarks);
    }

    private @Nullable Rejected fault(KeyOrder order, Instant at) {
        String tenant = order.tenant();
        if (tenant.equals(Tenant.PUBLIC.name())) {
            return rejected(
                    Cause.INVALID, "tenant: " + tenant + " are all who call without a key", "name another tenant");
        }
        MergedTenants tenants = merged.tenants();
        if (tenants.tenant(tenant).isEmpty() || tenants.origin(tenant) == Origin.UNDECLARED) {
            return rejected(
                    Cause.UNKNOWN,
                    "there is no tenant " + shown(tenant),
                    "add it first: fairlead tenants add NAME; fairlead tenants list shows what there is");
        }
        String alias = NameRule.KEY.objection(order.named());
        if (alias != null) return rejected(Cause.INVALID, "alias: " + alias, "choose another alias");
        String key = order.key() == null ? null : BroughtKey.objection(order.key(), merged);
        if (key != null) return rejected(Cause.INVALID, "key: " + key, "bring another key, or have one generated");
        return isSoon(order.expiry(), at)
                ? null
                : rejected(
                        Cause.INVALID,
                        "expires: expected a time between now and 100 years from now, found another one",
                        "give another time, or never");
    }

    private static boolean isSoon(KeyExpiry expiry, Instant at) {
        return switch (expiry) {
            case KeyExpiry.Unsaid _, KeyExpiry.Never _ -> true;
            case KeyExpiry.In(var time) ->
                time.compareTo(Duration.ofSeconds(1)) >= 0 && time.compareTo(LONGEST_LIFE) <= 0;
            case KeyExpiry.At(var end) -> end.isAfter(at) && !end.isAfter(at.plus(LONGEST_LIFE));
        };
    }

    private static ApiKey key(KeyOrder order, String random, Instant created, @Nullable Instant end) {
        String text = order.key() == null ? random : order.key();
        return new ApiKey(order.tenant(), order.named(), ApiKey.prefix(text), KeyHash.of(text), created, end);
    }

    /// @param going keys that make room for it
    private @Nullable Rejected taken(ApiKey key, List<ApiKey> going) {
        Optional<ApiKey> holder = stored.keys().of(key.hash()).filter(held -> !going.contains(held));
        if (holder.isPresent()) {
            return rejected(
                    Cause.CONFLICT,
                    "key: this key is declared already, as " + holder.get().name(),
                    "revoke that one first, or bring another key");
        }
        if (stored.keys().all().size() - going.size() < MOST_KEYS) return null;
        return rejected(
                Cause.CONFLICT,
                "expected at most %,d keys, found as many already".formatted(MOST_KEYS),
                "revoke some first, those that have expired for example");
    }

    private static boolean isLonger(ApiKey key, Instant end) {
        return key.expiresAt() == null || key.expiresAt().isAfter(end);
    }

    private static @Nullable String generated(KeyOrder order, String random) {
        return order.key() == null ? random : null;
    }

    private static String told(ApiKey key, KeyOrder order) {
        return "prefix " + key.prefix()
                + (key.expiresAt() == null ? ", never expires" : ", expires at " + key.expiresAt())
                + (order.key() == null ? "" : ", brought along");
    }

    private static Accepted accepted(
            Verb verb,
            List<StoreChange> changes,
            ApiKey key,
            @Nullable String generated,
            String details,
            List<String> remarks) {
        return new Accepted(verb, changes, new Subject.OfKey(key, generated), details, remarks);
    }

    private static Rejected unknown(String tenant, String alias, String which) {
        boolean isNamed = isNameAndNoKey(tenant) && isNameAndNoKey(alias);
        String name = isNamed ? tenant + "/" + alias : "of that name";
        return rejected(Cause.UNKNOWN, "there is no key " + name + which, LIST);
    }

    private static boolean isNameAndNoKey(String text) {
        return NameRule.TENANT.objection(text) == null && text.length() < 32;
    }

    /// What stands where a name is expected may be a key.
    static String shown(String name) {
        return isNameAndNoKey(name) ? name : "of that name";
    }

    private static Rejected rejected(Cause cause, String reason, String remedy) {
        return new Rejected(cause, reason, remedy);
    }
}
