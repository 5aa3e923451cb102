package dev.fairlead.core.policy;

import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.jwt.TokenPlan;
import dev.fairlead.core.logs.LogCaps;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.transaction.TransactionPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is declared of one tenant.
///
/// @param limits how much it may call
/// @param daily how many credits it may take in a day of UTC; 0 is no bound
/// @param logs how much one of its queries for logs may ask
/// @param errors how its callers are told of errors
/// @param transactions what is demanded of its submissions
/// @param lists what its callers may reach
/// @param tokens by which its callers may be known instead of keys, or besides
public record TenantPlan(
        String name,
        MethodPolicy methods,
        List<Limit> limits,
        long daily,
        LogCaps logs,
        ErrorPolicy errors,
        TransactionPolicy transactions,
        AllowLists lists,
        TokenPlan tokens) {
    /// What is wrong with a burst that no rate goes with.
    public static final String BURST_ALONE = "expected a rate beside it, found none; say rate = \"100/s\"";

    public static final long MOST_BURST = 1_000_000_000;
    public static final long MOST_DAILY = 999_999_999_999_999L;

    public TenantPlan {
        limits = List.copyOf(limits);
    }

    /// The same tenant, with these rules in the place of its own.
    ///
    /// @param burst null for as much as the rate has
    public TenantPlan ruled(MethodPolicy open, @Nullable CallRate rate, @Nullable Long burst, long quota) {
        return new TenantPlan(name, open, limits(name, rate, burst), quota, logs, errors, transactions, lists, tokens);
    }

    /// Of a tenant that takes no tokens.
    public TenantPlan(
            String name,
            MethodPolicy methods,
            List<Limit> limits,
            long daily,
            LogCaps logs,
            ErrorPolicy errors,
            TransactionPolicy transactions,
            AllowLists lists) {
        this(name, methods, limits, daily, logs, errors, transactions, lists, TokenPlan.NONE);
    }

    /// The same tenant, with these tokens in the place of its own.
    public TenantPlan with(TokenPlan other) {
        return new TenantPlan(name, methods, limits, daily, logs, errors, transactions, lists, other);
    }

    /// Of a tenant that may take that much, all its keys together.
    ///
    /// @param burst null for as much as the rate has
    public static List<Limit> limits(String tenant, @Nullable CallRate rate, @Nullable Long burst) {
        if (rate == null) return List.of();
        return List.of(new Limit(
                "tenants." + tenant + ".rate",
                List.of(),
                rate.credits(),
                rate.window(),
                burst == null ? rate.credits() : burst,
                false,
                List.of(),
                tenant,
                null,
                Limit.Exempt.NOBODY));
    }

    public @Nullable CallRate rate() {
        return limits.isEmpty()
                ? null
                : new CallRate(limits.getFirst().credits(), limits.getFirst().window());
    }

    /// Null where it is as much as the rate has.
    public @Nullable Long burst() {
        if (limits.isEmpty() || limits.getFirst().burst() == limits.getFirst().credits()) return null;
        return limits.getFirst().burst();
    }

    public TenantPlan(String name, MethodPolicy methods) {
        this(
                name,
                methods,
                List.of(),
                0,
                LogCaps.NONE,
                ErrorPolicy.NONE,
                TransactionPolicy.NONE,
                AllowLists.NONE,
                TokenPlan.NONE);
    }

    /// Where it stands in the configuration.
    public String key() {
        return "tenants." + name;
    }
}
