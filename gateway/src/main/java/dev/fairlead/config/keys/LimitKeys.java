package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.ListOf;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.config.TableValues;
import dev.fairlead.core.allow.OriginPattern;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.Limit.Exempt;
import dev.fairlead.core.policy.Limit.Per;
import dev.fairlead.core.policy.MethodPattern;
import dev.fairlead.core.url.NameRule;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of one limit: `[[limits]]`.
final class LimitKeys {
    private static final Limit DEFAULT = new Limit(
            "", List.of(Per.ADDRESS), 1, Duration.ofSeconds(1), 0, false, List.of(), null, null, Exempt.NOBODY);

    static final Key<Limit, List<Per>> PER = new Key<>(
            "per",
            new ListOf<>(Scalars.choice(List.of(Per.values()))),
            Limit::per,
            "What is counted apart: each address, key, tenant, chain, method or sender of transactions, or each combination of "
                    + "several; with an empty list all calls count together.");
    static final Key<Limit, CallRate> RATE = new Key<Limit, CallRate>(
                    "rate",
                    Scalars.rate(),
                    limit -> new CallRate(limit.credits(), limit.window()),
                    "How many credits in what time; a call takes one, unless `policy.credits` says more.")
            .needed();
    static final Key<Limit, Long> BURST = new Key<Limit, Long>(
                    "burst",
                    Scalars.whole(1, 1_000_000_000),
                    limit -> limit.burst() == 0 ? null : limit.burst(),
                    "How many credits at once, after a time without calls.")
            .otherwise("as many as `rate` has");
    static final Key<Limit, Boolean> FIXED = new Key<>(
            "fixed",
            Scalars.flag(),
            Limit::isFixed,
            "Whether all credits come back at once, at the end of each window, instead of evenly.");
    static final Key<Limit, List<MethodPattern>> METHODS = new Key<Limit, List<MethodPattern>>(
                    "methods", PolicyKeys.patterns(), Limit::methods, "Which calls count.")
            .otherwise("all");
    static final Key<Limit, String> TENANT = new Key<Limit, String>(
                    "tenant",
                    Scalars.name(NameRule.TENANT),
                    Limit::tenant,
                    "Whose calls count; `public` are callers without a key.")
            .otherwise("everybody's");
    static final Key<Limit, String> CHAIN = new Key<Limit, String>(
                    "chain", Scalars.name(NameRule.CHAIN), Limit::chain, "Of which chain.")
            .otherwise("all");
    static final Key<Limit, List<OriginPattern>> EXEMPT_ORIGINS = new Key<>(
            "exempt_origins",
            new ListOf<>(AllowKeys.origin()),
            limit -> limit.exempt().origins(),
            "Origins of pages whose calls do not count.");
    static final Key<Limit, List<String>> EXEMPT_AGENTS = new Key<>(
            "exempt_agents",
            new ListOf<>(AllowKeys.agent("uptime-*")),
            limit -> limit.exempt().agents(),
            "User agents whose calls do not count. Anybody can call itself so.");
    static final Key<Limit, List<String>> EXEMPT_TENANTS = new Key<>(
            "exempt_tenants",
            new ListOf<>(Scalars.name(NameRule.TENANT)),
            limit -> limit.exempt().tenants(),
            "Tenants whose calls do not count.");
    static final Table<Limit> LIMIT = new Table<>(
            "limits",
            "Bounds how much callers may ask. Every limit that fits a call counts it.",
            DEFAULT,
            List.of(PER, RATE, BURST, FIXED, METHODS, TENANT, CHAIN, EXEMPT_ORIGINS, EXEMPT_AGENTS, EXEMPT_TENANTS),
            LimitKeys::make);

    private LimitKeys() {}

    private static Limit make(TableValues<Limit> values) {
        CallRate rate = values.of(RATE);
        @Nullable Long burst = values.orNull(BURST);
        return new Limit(
                "limits[" + values.index() + "]",
                values.of(PER),
                rate.credits(),
                rate.window(),
                burst == null ? rate.credits() : burst,
                values.of(FIXED),
                values.of(METHODS),
                values.orNull(TENANT),
                values.orNull(CHAIN),
                new Exempt(values.of(EXEMPT_ORIGINS), values.of(EXEMPT_AGENTS), values.of(EXEMPT_TENANTS)));
    }
}
