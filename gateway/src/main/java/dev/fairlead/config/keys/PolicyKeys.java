package dev.fairlead.config.keys;

import dev.fairlead.config.CreditMap;
import dev.fairlead.config.Key;
import dev.fairlead.config.ListOf;
import dev.fairlead.config.Scalar;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.config.TableValues;
import dev.fairlead.core.jwt.TokenPlan;
import dev.fairlead.core.logs.LogCaps;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.CallerPolicy;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.LimitPreset;
import dev.fairlead.core.policy.MethodPattern;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.Preset;
import dev.fairlead.core.policy.Route;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.style.ErrorStyle;
import dev.fairlead.core.transaction.TransactionPolicy;
import dev.fairlead.core.url.NameRule;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// The keys of access policy: `[policy]` for everybody, `[chains.<chain>.policy]`, `[tenants.<tenant>]` and
/// `[[routes]]`.
final class PolicyKeys {
    private static final String PRESET_MEANING = "What is open where no pattern says more.";
    private static final String ALLOW_MEANING =
            "Methods that are open besides; a star opens no order to a node, such as `debug_setHead`, by the way.";
    private static final String DENY_MEANING = "Methods that are closed, whatever else opens them.";
    private static final String LOGS_MEANING = "How much one query for logs may ask.";
    private static final String ERRORS_MEANING =
            "In which words and codes callers are told of what the gateway itself refuses, or cannot get answered.";
    private static final String TRANSACTIONS_MEANING = "What is demanded of submissions.";
    private static final String FALLBACK =
            "`local` where every listener is on loopback and there are no tenants, else `dapp`";

    static final Key<GeneralPolicy, Preset> PRESET = new Key<GeneralPolicy, Preset>(
                    "preset", preset(), policy -> policy.callers().methods().preset(), PRESET_MEANING)
            .otherwise(FALLBACK);
    static final Key<GeneralPolicy, List<MethodPattern>> ALLOW =
            new Key<>("allow", patterns(), policy -> policy.callers().methods().allow(), ALLOW_MEANING);
    static final Key<GeneralPolicy, List<MethodPattern>> DENY =
            new Key<>("deny", patterns(), policy -> policy.callers().methods().deny(), DENY_MEANING);
    static final Key<GeneralPolicy, Boolean> PUBLIC = new Key<GeneralPolicy, Boolean>(
                    "public",
                    Scalars.flag(),
                    policy -> policy.callers().isPublic(),
                    "Whether callers without a key are served.")
            .otherwise("`true` as long as there are no tenants");
    static final Key<GeneralPolicy, List<LimitPreset>> LIMITS = new Key<>(
            "limits",
            new ListOf<>(limitPreset()),
            GeneralPolicy::limits,
            "Ready-made limits for each address: `public-node` is 2,000 calls in 5 minutes, `dapp-session` 6,000 in a minute and "
                    + "3,000 at once.");
    static final Key<GeneralPolicy, Credits> CREDITS = new Key<>(
            "credits",
            new CreditMap(),
            GeneralPolicy::credits,
            "How many credits a call takes, by method or the beginning of some with a star; a whole name goes before a star, a longer "
                    + "star before a shorter one; 1 where none fits.");
    static final Key<GeneralPolicy, LogCaps> LOGS = new Key<>(
            "logs",
            LogQueryKeys.table("policy", "no bound"),
            policy -> policy.callers().logs(),
            LOGS_MEANING);
    static final Key<GeneralPolicy, ErrorStyle> ERRORS = new Key<GeneralPolicy, ErrorStyle>(
                    "errors", errorStyle(), policy -> policy.callers().errors().declared(), ERRORS_MEANING)
            .otherwise("`fairlead`");
    static final Key<GeneralPolicy, String> HELP = new Key<GeneralPolicy, String>(
            "help",
            Scalars.text("URL", "a URL for people: \"https://rpc.example/help\"", "https?://[!-~]{1,200}"),
            policy -> policy.callers().errors().help(),
            "Where callers are sent for more; stands as `see` in errors of the style `infura`.");
    static final Key<GeneralPolicy, TransactionPolicy> TRANSACTIONS = new Key<>(
            "transactions",
            TransactionKeys.table("policy"),
            policy -> policy.callers().transactions(),
            TRANSACTIONS_MEANING);
    static final Table<GeneralPolicy> POLICY = new Table<>(
            "policy",
            "What is open to callers, on every chain and for every tenant.",
            GeneralPolicy.NONE,
            List.of(PRESET, ALLOW, DENY, PUBLIC, LIMITS, CREDITS, LOGS, ERRORS, HELP, TRANSACTIONS),
            values -> new GeneralPolicy(
                    new CallerPolicy(
                            methods(values, PRESET, ALLOW, DENY),
                            values.orNull(PUBLIC),
                            values.of(LOGS),
                            new ErrorPolicy(values.orNull(ERRORS), values.orNull(HELP)),
                            values.of(TRANSACTIONS)),
                    values.of(LIMITS),
                    values.of(CREDITS)));

    static final Key<Route, String> ROUTE_TENANT = new Key<Route, String>(
                    "tenant",
                    Scalars.name(NameRule.TENANT),
                    route -> route.tenant(),
                    "Of which tenant's calls it takes; `public` are callers without a key.")
            .otherwise("any");
    static final Key<Route, String> ROUTE_CHAIN = new Key<Route, String>(
                    "chain", Scalars.name(NameRule.CHAIN), route -> route.chain(), "Of which chain's calls it takes.")
            .otherwise("any");
    static final Key<Route, List<MethodPattern>> ROUTE_METHODS = new Key<Route, List<MethodPattern>>(
                    "methods", patterns(), Route::methods, "Which methods it takes; they are open thereby.")
            .otherwise("all that are open anyway");
    static final Key<Route, String> ROUTE_GROUP = new Key<Route, String>(
                    "group", Scalars.name(NameRule.GROUP), Route::group, "Where it sends them.")
            .needed();
    static final Table<Route> ROUTE = new Table<>(
            "routes",
            "Sends certain calls to a group of nodes, before the groups' own `methods` are looked at. Of several routes that "
                    + "fit, the first counts.",
            new Route(0, null, null, List.of(), ""),
            List.of(ROUTE_TENANT, ROUTE_CHAIN, ROUTE_METHODS, ROUTE_GROUP),
            values -> new Route(
                    values.index(),
                    values.orNull(ROUTE_TENANT),
                    values.orNull(ROUTE_CHAIN),
                    values.of(ROUTE_METHODS),
                    values.of(ROUTE_GROUP)));

    static final Key<TenantPlan, Preset> TENANT_PRESET = new Key<TenantPlan, Preset>(
                    "preset", preset(), tenant -> tenant.methods().preset(), PRESET_MEANING)
            .otherwise("the chain's, or `policy.preset`");
    static final Key<TenantPlan, List<MethodPattern>> TENANT_ALLOW =
            new Key<>("allow", patterns(), tenant -> tenant.methods().allow(), ALLOW_MEANING);
    static final Key<TenantPlan, List<MethodPattern>> TENANT_DENY =
            new Key<>("deny", patterns(), tenant -> tenant.methods().deny(), DENY_MEANING);
    static final Key<TenantPlan, CallRate> TENANT_RATE = new Key<>(
            "rate",
            Scalars.rate(),
            TenantPlan::rate,
            "How many credits it may take in what time, all its keys together; a call takes one, unless `policy.credits` "
                    + "says more.");
    static final Key<TenantPlan, Long> TENANT_BURST = new Key<TenantPlan, Long>(
                    "burst",
                    Scalars.whole(1, TenantPlan.MOST_BURST),
                    TenantPlan::burst,
                    "How many credits at once, after a time without calls.")
            .otherwise("as many as `rate` has");
    static final Key<TenantPlan, Long> TENANT_DAILY = new Key<>(
            "daily",
            Scalars.whole(0, TenantPlan.MOST_DAILY),
            TenantPlan::daily,
            "How many credits it may take in a day of UTC, all its keys together; 0 is no bound.");
    static final Key<TenantPlan, LogCaps> TENANT_LOGS = new Key<>(
            "logs",
            LogQueryKeys.table("tenants.<tenant>", "the chain's, or that of `[policy.logs]`"),
            TenantPlan::logs,
            LOGS_MEANING);
    static final Key<TenantPlan, ErrorStyle> TENANT_ERRORS = new Key<TenantPlan, ErrorStyle>(
                    "errors", errorStyle(), tenant -> tenant.errors().declared(), ERRORS_MEANING)
            .otherwise("the chain's, or `policy.errors`");
    static final Key<TenantPlan, TransactionPolicy> TENANT_TRANSACTIONS = new Key<>(
            "transactions", TransactionKeys.table("tenants.<tenant>"), TenantPlan::transactions, TRANSACTIONS_MEANING);
    static final Table<TenantPlan> TENANT = new Table<>(
            "tenants.<tenant>",
            "One tenant: a team, a dapp or a customer, with keys of its own (`fairlead keys add`).",
            new TenantPlan("", MethodPolicy.NONE),
            List.of(
                    TENANT_PRESET,
                    TENANT_ALLOW,
                    TENANT_DENY,
                    TENANT_RATE,
                    TENANT_BURST,
                    TENANT_DAILY,
                    TENANT_LOGS,
                    TENANT_ERRORS,
                    TENANT_TRANSACTIONS,
                    AllowKeys.ADDRESSES,
                    AllowKeys.ORIGINS,
                    AllowKeys.AGENTS,
                    TokenKeys.JWT),
            values -> new TenantPlan(
                    values.name(),
                    methods(values, TENANT_PRESET, TENANT_ALLOW, TENANT_DENY),
                    TenantPlan.limits(values.name(), values.orNull(TENANT_RATE), values.orNull(TENANT_BURST)),
                    values.of(TENANT_DAILY),
                    values.of(TENANT_LOGS),
                    ErrorPolicy.of(values.orNull(TENANT_ERRORS)),
                    values.of(TENANT_TRANSACTIONS),
                    AllowKeys.lists(values),
                    Objects.requireNonNullElse(values.orNull(TokenKeys.JWT), TokenPlan.NONE)));

    static final Key<CallerPolicy, Preset> CHAIN_PRESET = new Key<CallerPolicy, Preset>(
                    "preset", preset(), policy -> policy.methods().preset(), PRESET_MEANING)
            .otherwise("`policy.preset`");
    static final Key<CallerPolicy, List<MethodPattern>> CHAIN_ALLOW =
            new Key<>("allow", patterns(), policy -> policy.methods().allow(), ALLOW_MEANING);
    static final Key<CallerPolicy, List<MethodPattern>> CHAIN_DENY =
            new Key<>("deny", patterns(), policy -> policy.methods().deny(), DENY_MEANING);
    static final Key<CallerPolicy, Boolean> CHAIN_PUBLIC = new Key<CallerPolicy, Boolean>(
                    "public",
                    Scalars.flag(),
                    CallerPolicy::isPublic,
                    "Whether callers without a key are served on this chain.")
            .otherwise("`policy.public`");
    static final Key<CallerPolicy, LogCaps> CHAIN_LOGS = new Key<>(
            "logs",
            LogQueryKeys.table("chains.<chain>.policy", "that of `[policy.logs]`"),
            CallerPolicy::logs,
            LOGS_MEANING);
    static final Key<CallerPolicy, ErrorStyle> CHAIN_ERRORS = new Key<CallerPolicy, ErrorStyle>(
                    "errors", errorStyle(), policy -> policy.errors().declared(), ERRORS_MEANING)
            .otherwise("`policy.errors`");
    static final Key<CallerPolicy, TransactionPolicy> CHAIN_TRANSACTIONS = new Key<>(
            "transactions",
            TransactionKeys.table("chains.<chain>.policy"),
            CallerPolicy::transactions,
            TRANSACTIONS_MEANING);
    static final Table<CallerPolicy> CHAIN = new Table<>(
            "chains.<chain>.policy",
            "Which methods of this chain are open to callers, besides `[policy]`.",
            CallerPolicy.NONE,
            List.of(CHAIN_PRESET, CHAIN_ALLOW, CHAIN_DENY, CHAIN_PUBLIC, CHAIN_LOGS, CHAIN_ERRORS, CHAIN_TRANSACTIONS),
            values -> new CallerPolicy(
                    methods(values, CHAIN_PRESET, CHAIN_ALLOW, CHAIN_DENY),
                    values.orNull(CHAIN_PUBLIC),
                    values.of(CHAIN_LOGS),
                    ErrorPolicy.of(values.orNull(CHAIN_ERRORS)),
                    values.of(CHAIN_TRANSACTIONS)));

    private PolicyKeys() {}

    private static <R> MethodPolicy methods(
            TableValues<R> values,
            Key<R, Preset> preset,
            Key<R, List<MethodPattern>> allow,
            Key<R, List<MethodPattern>> deny) {
        return new MethodPolicy(values.orNull(preset), values.of(allow), values.of(deny));
    }

    static ListOf<MethodPattern> patterns() {
        Scalar<String> pattern = Scalars.text("method", MethodPattern.EXPECTED, MethodPattern.FORM);
        return new ListOf<>(pattern.as(MethodPattern::new, MethodPattern::text));
    }

    private static Scalar<LimitPreset> limitPreset() {
        return oneOf(List.of(LimitPreset.values()), LimitPreset::word);
    }

    private static Scalar<ErrorStyle> errorStyle() {
        return oneOf(List.of(ErrorStyle.values()), ErrorStyle::word);
    }

    private static Scalar<Preset> preset() {
        return oneOf(List.of(Preset.values()), Preset::word);
    }

    private static <E> Scalar<E> oneOf(List<E> choices, Function<E, String> word) {
        List<String> words = choices.stream().map(word).toList();
        return Scalars.words(words, said -> choices.get(words.indexOf(said)), word);
    }
}
