package dev.fairlead.core.policy;

import static java.util.Collections.unmodifiableMap;

import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.jwt.TokenIssuers;
import dev.fairlead.core.jwt.TokenPlan;
import dev.fairlead.core.logs.LogCaps;
import dev.fairlead.core.logs.LogRules;
import dev.fairlead.core.policy.MethodRules.Pattern;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.transaction.RuleText;
import dev.fairlead.core.transaction.TransactionFault;
import dev.fairlead.core.transaction.TransactionPolicy;
import dev.fairlead.core.transaction.TransactionRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who may call what. Immutable; every order and every reload makes the next one.
public final class AccessPolicy {
    private static final String ALL = "policy";
    private static final TenantPlan WITHOUT_KEY = new TenantPlan(Tenant.PUBLIC.name(), MethodPolicy.NONE);
    private static final TenantPlan NOTHING_SAID = new TenantPlan("", MethodPolicy.NONE);

    /// Of no chain at all.
    public static final AccessPolicy EMPTY = of(PolicyPlan.NONE, List.of(), false);

    private final PolicyPlan plan;
    private final Preset unsaid;
    private final boolean isDevelopers;
    private volatile @Nullable AccessPolicy ofPages;
    private final ApiKeys keys;
    private final Set<String> tenants;
    private final boolean takesKeys;
    private final Map<String, Boolean> isPublic = new HashMap<>();
    private final List<Limit> everybodys;
    private final Map<String, Long> daily = new HashMap<>();
    private final Map<String, ErrorPolicy> errorsOfTenants = new HashMap<>();
    private final Map<String, ErrorPolicy> errorsOfChains = new HashMap<>();
    private final Map<String, TenantPlan> plans = new HashMap<>();
    private final Map<String, AllowLists> lists = new HashMap<>();
    private final TokenIssuers issuers;
    private final boolean isLimited;
    /// Of tenants and chains that there are, so that callers cannot make it grow.
    private final Map<Caller, List<Limit.Identified>> limits = new ConcurrentHashMap<>();
    private final Map<Caller, LogRules> logs = new ConcurrentHashMap<>();
    private final Map<String, LogCaps> logsOfChains = new HashMap<>();
    private final boolean capsLogs;
    private final Map<Caller, List<Limit.Identified>> senderLimits = new ConcurrentHashMap<>();
    private final Map<Caller, TransactionRules> transactions = new ConcurrentHashMap<>();
    private final Map<String, ChainAccess> chains = new HashMap<>();
    private final Map<String, Long> credits = new ConcurrentHashMap<>();
    private final Map<String, MethodRules> ofAll = new HashMap<>();
    private final Map<String, Map<String, MethodRules>> ofTenants = new HashMap<>();

    private record Caller(Tenant tenant, String chain) {}

    /// @param unsaid the preset where none is named
    private AccessPolicy(PolicyPlan plan, List<ChainAccess> chains, Preset unsaid) {
        this.isDevelopers = unsaid == Preset.LOCAL;
        this.plan = plan;
        this.unsaid = unsaid;
        this.keys = new ApiKeys(plan.keys());
        this.issuers = issuers(plan.tenants());
        this.everybodys = Stream.concat(
                        plan.general().limits().stream().map(LimitPreset::limit), plan.limits().stream())
                .toList();
        this.isLimited = !everybodys.isEmpty()
                || plan.tenants().stream().anyMatch(tenant -> !tenant.limits().isEmpty());
        for (ChainAccess chain : chains) {
            this.chains.put(chain.chain(), chain);
            isPublic.put(chain.chain(), isPublic(chain));
            errorsOfChains.put(chain.chain(), chain.policy().errors().before(errors()));
        }
        for (ChainAccess chain : chains)
            logsOfChains.put(chain.chain(), chain.policy().logs());
        this.capsLogs = Stream.of(
                        Stream.of(plan.general().callers().logs()),
                        logsOfChains.values().stream(),
                        plan.tenants().stream().map(TenantPlan::logs))
                .flatMap(said -> said)
                .anyMatch(said -> !said.equals(LogCaps.NONE));
        this.tenants = plan.tenants().stream().map(TenantPlan::name).collect(Collectors.toUnmodifiableSet());
        this.takesKeys = !tenants.isEmpty() || keys.size() > 0 || isPublic.containsValue(false);
        for (ChainAccess chain : chains) ofAll.put(chain.chain(), rules(NOTHING_SAID, chain));
        if (!tenants.contains(Tenant.PUBLIC.name())) addRules(WITHOUT_KEY, chains);
        for (TenantPlan tenant : plan.tenants()) {
            if (!tenant.lists().isNone()) lists.put(tenant.name(), lists(tenant));
            if (tenant.daily() > 0) daily.put(tenant.name(), tenant.daily());
            errorsOfTenants.put(tenant.name(), tenant.errors());
            plans.put(tenant.name(), tenant);
            addRules(tenant, chains);
        }
    }

    private static AllowLists lists(TenantPlan tenant) {
        return tenant.lists()
                .opening(tenant.methods().allow().stream()
                        .map(MethodPattern::text)
                        .toList());
    }

    private static TokenIssuers issuers(List<TenantPlan> tenants) {
        var plans = new HashMap<String, TokenPlan>();
        for (TenantPlan tenant : tenants) if (!tenant.tokens().isNone()) plans.put(tenant.name(), tenant.tokens());
        return plans.isEmpty() ? TokenIssuers.NONE : new TokenIssuers(plans);
    }

    private void addRules(TenantPlan tenant, List<ChainAccess> chains) {
        if (hasNoRulesOfItsOwn(tenant)) return;
        var own = new HashMap<String, MethodRules>();
        for (ChainAccess chain : chains) own.put(chain.chain(), rules(tenant, chain));
        ofTenants.put(tenant.name(), own);
    }

    /// @param onlyLoopback whether this gateway can be called from its own machine alone: then, and as long as
    /// there are no tenants, callers are taken for developers with a node of their own
    public static AccessPolicy of(PolicyPlan plan, List<ChainAccess> chains, boolean onlyLoopback) {
        boolean isDevelopers = onlyLoopback && plan.tenants().isEmpty();
        return new AccessPolicy(plan, chains, isDevelopers ? Preset.LOCAL : Preset.DAPP);
    }

    /// The policy for calls of a page: where callers are taken for developers, pages from elsewhere are not.
    ///
    /// @param origin null for callers that are no page
    public AccessPolicy forPage(@Nullable String origin) {
        return origin == null || !isDevelopers || LocalOrigin.is(origin) ? this : ofPages();
    }

    /// Made when the first such page calls, which most gateways never see.
    private AccessPolicy ofPages() {
        AccessPolicy known = ofPages;
        if (known == null) {
            known = new AccessPolicy(plan, List.copyOf(chains.values()), Preset.DAPP);
            ofPages = known;
        }
        return known;
    }

    /// Whether a tenant of that name is declared.
    public boolean hasTenant(String name) {
        return name.equals(Tenant.PUBLIC.name()) || tenants.contains(name);
    }

    /// @return null for a chain that is not declared
    public @Nullable MethodRules rules(Tenant tenant, String chain) {
        Map<String, MethodRules> own = ofTenants.get(tenant.name());
        return (own == null ? ofAll : own).get(chain);
    }

    /// Those that may count a call of the tenant on that chain, but for those of [#senderLimits].
    public List<Limit.Identified> limits(Tenant tenant, String chain) {
        if (!isLimited) return List.of();
        var caller = new Caller(tenant, chain);
        List<Limit.Identified> known = limits.get(caller);
        return known != null ? known : limits.computeIfAbsent(caller, one -> limits(one, false));
    }

    /// Those that may count a submission of the tenant on that chain once it is known who signed it.
    public List<Limit.Identified> senderLimits(Tenant tenant, String chain) {
        if (!isLimited) return List.of();
        return senderLimits.computeIfAbsent(new Caller(tenant, chain), one -> limits(one, true));
    }

    /// What is demanded of the tenant's submissions on that chain.
    public TransactionRules transactions(Tenant tenant, String chain) {
        return transactions.computeIfAbsent(new Caller(tenant, chain), this::transactions);
    }

    /// Whether queries for logs are bounded for anybody.
    public boolean capsLogs() {
        return capsLogs;
    }

    /// How much one query for logs of the tenant may ask on that chain.
    public LogRules logs(Tenant tenant, String chain) {
        return capsLogs ? logs.computeIfAbsent(new Caller(tenant, chain), this::logs) : LogRules.NONE;
    }

    /// How many credits the tenant may take in a day of UTC; 0 is no bound.
    public long daily(Tenant tenant) {
        return daily.getOrDefault(tenant.name(), 0L);
    }

    /// How callers are told of errors before it is known who calls, and for which chain.
    public ErrorPolicy errors() {
        return plan.general().callers().errors();
    }

    /// The same once the chain is known.
    ///
    /// @param chain null where there is none such
    public ErrorPolicy errors(@Nullable String chain) {
        return chain == null ? errors() : errorsOfChains.getOrDefault(chain, errors());
    }

    /// The same once it is known who calls: what is said of the tenant, else of the chain, else of all.
    public ErrorPolicy errors(@Nullable String chain, Tenant tenant) {
        return errorsOfTenants.getOrDefault(tenant.name(), ErrorPolicy.NONE).before(errors(chain));
    }

    /// By whose keys tokens are checked.
    public TokenIssuers issuers() {
        return issuers;
    }

    /// What the tenant's callers may reach.
    public AllowLists lists(Tenant tenant) {
        return lists.getOrDefault(tenant.name(), AllowLists.NONE);
    }

    /// How much a call counts.
    public long credits(Method method) {
        Long known = credits.get(method.name());
        if (known != null) return known;
        long worked = plan.general().credits().of(method.name());
        if (MethodTable.isListed(method.name())) credits.put(method.name(), worked);
        return worked;
    }

    private LogRules logs(Caller caller) {
        var places = new ArrayList<LogRules.Place>();
        TenantPlan tenant = plans.get(caller.tenant().name());
        if (tenant != null) places.add(new LogRules.Place(tenant.key() + ".logs", tenant.logs()));
        LogCaps ofChain = logsOfChains.getOrDefault(caller.chain(), LogCaps.NONE);
        places.add(new LogRules.Place("chains." + caller.chain() + ".policy.logs", ofChain));
        places.add(new LogRules.Place(ALL + ".logs", plan.general().callers().logs()));
        return new LogRules(places);
    }

    /// The rules among them that are declared, each with the key that says it.
    public List<RuleText> saidOfTransactions(Tenant tenant, String chain) {
        return RuleText.of(transactionPlaces(new Caller(tenant, chain)));
    }

    /// The key that decides about a submission which does not keep the rules; null for what no key says.
    ///
    /// @param sender who signed; null when that is not known
    public @Nullable String decidingOfTransactions(
            Tenant tenant, String chain, TransactionFault.Rule rule, @Nullable String sender) {
        return RuleText.decidingKey(transactionPlaces(new Caller(tenant, chain)), rule, sender);
    }

    private List<RuleText.Place> transactionPlaces(Caller caller) {
        var places = new ArrayList<RuleText.Place>();
        TenantPlan tenant = plans.get(caller.tenant().name());
        if (tenant != null) places.add(new RuleText.Place(tenant.key() + ".transactions", tenant.transactions()));
        ChainAccess chain = chains.get(caller.chain());
        if (chain != null) {
            String key = "chains." + caller.chain() + ".policy.transactions";
            places.add(new RuleText.Place(key, chain.policy().transactions()));
        }
        places.add(new RuleText.Place(
                ALL + ".transactions", plan.general().callers().transactions()));
        return places;
    }

    private TransactionRules transactions(Caller caller) {
        List<TransactionPolicy> said =
                transactionPlaces(caller).stream().map(RuleText.Place::policy).toList();
        MethodRules rules = rules(caller.tenant(), caller.chain());
        return TransactionRules.of(said, rules != null && rules.preset().isWide());
    }

    private List<Limit.Identified> limits(Caller caller, boolean ofSender) {
        var fitting = new ArrayList<Limit>();
        TenantPlan tenant = plans.get(caller.tenant().name());
        if (tenant != null) fitting.addAll(tenant.limits());
        for (Limit limit : everybodys) if (limit.isFor(caller.tenant(), caller.chain())) fitting.add(limit);
        fitting.removeIf(limit -> limit.isOfSender() != ofSender);
        return fitting.stream().map(Limit::identified).toList();
    }

    /// Whether callers without a key are served on that chain; nobody is kept from asking for one that is not
    /// there.
    public boolean isPublic(String chain) {
        return isPublic.getOrDefault(chain, true);
    }

    /// Whether keys mean anything here: while there are neither tenants nor closed chains, whatever looks like
    /// one is let be.
    public boolean takesKeys() {
        return takesKeys;
    }

    /// Names of the tenants that are declared.
    public Set<String> tenants() {
        return tenants;
    }

    /// How many limits are declared, those of tenants included.
    public int limits() {
        return everybodys.size()
                + plans.values().stream()
                        .mapToInt(tenant -> tenant.limits().size())
                        .sum();
    }

    /// What each tenant may take of a day that has a bound, by name.
    public Map<String, Long> quotas() {
        return unmodifiableMap(daily);
    }

    /// How many keys there are.
    public int keys() {
        return keys.size();
    }

    public boolean has(KeyHash key) {
        return keys.has(key);
    }

    /// The key that a caller presents, expired or not; null when nobody has it.
    public @Nullable ApiKey key(String presented) {
        return keys.find(presented);
    }

    private boolean isPublic(ChainAccess chain) {
        if (chain.policy().isPublic() != null) return chain.policy().isPublic();
        if (plan.general().callers().isPublic() != null)
            return plan.general().callers().isPublic();
        return plan.tenants().isEmpty();
    }

    private boolean hasNoRulesOfItsOwn(TenantPlan tenant) {
        return tenant.methods().isNone()
                && plan.routes().stream().noneMatch(route -> tenant.name().equals(route.tenant()));
    }

    private MethodRules rules(TenantPlan tenant, ChainAccess chain) {
        MethodPolicy ofAllChains = plan.general().callers().methods();
        MethodPolicy ofChain = chain.policy().methods();
        String chainKey = "chains." + chain.chain();
        String chainPolicy = chainKey + ".policy";
        var deny = new ArrayList<Pattern>();
        add(deny, ALL + ".deny", ofAllChains.deny());
        add(deny, chainPolicy + ".deny", ofChain.deny());
        add(deny, tenant.key() + ".deny", tenant.methods().deny());
        var allow = new ArrayList<Pattern>();
        add(allow, tenant.key() + ".allow", tenant.methods().allow());
        add(allow, chainPolicy + ".allow", ofChain.allow());
        add(allow, ALL + ".allow", ofAllChains.allow());
        chain.groups().forEach((name, methods) -> {
            List<MethodPattern> patterns =
                    methods.stream().map(MethodPattern::new).toList();
            add(allow, chainKey + ".groups." + name + ".methods", patterns);
        });
        List<Route> routes = plan.routes().stream()
                .filter(route -> route.isFor(tenant.name(), chain.chain()))
                .toList();
        if (tenant.methods().preset() != null) {
            return new MethodRules(deny, allow, routes, tenant.methods().preset(), tenant.key() + ".preset");
        }
        if (ofChain.preset() != null) {
            return new MethodRules(deny, allow, routes, ofChain.preset(), chainPolicy + ".preset");
        }
        Preset preset = ofAllChains.preset() == null ? unsaid : ofAllChains.preset();
        return new MethodRules(deny, allow, routes, preset, ALL + ".preset");
    }

    private static void add(List<Pattern> patterns, String key, List<MethodPattern> said) {
        for (MethodPattern pattern : said) patterns.add(new Pattern(key, pattern));
    }
}
