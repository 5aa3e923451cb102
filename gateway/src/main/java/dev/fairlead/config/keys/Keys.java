package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.Table;
import dev.fairlead.config.TableList;
import dev.fairlead.config.Tables;
import dev.fairlead.config.keys.Settings.Logs;
import dev.fairlead.config.keys.Settings.Loops;
import dev.fairlead.control.admin.http.AdminConfig;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.memory.MemoryConfig;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.Route;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.text.KeyPlaces;
import dev.fairlead.core.upstream.UpstreamConfig;
import dev.fairlead.core.url.NameRule;
import dev.fairlead.data.cache.CacheConfig;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.limit.shared.RedisConfig;
import dev.fairlead.data.load.DispatchConfig;
import java.util.List;

/// The outermost table: every key there is can be reached from here.
public final class Keys {
    static final Key<Settings, ServerConfig> SERVER =
            new Key<>("server", ServerKeys.SERVER, Settings::server, "The clients' side.");
    static final Key<Settings, UpstreamConfig> UPSTREAM =
            new Key<>("upstream", UpstreamKeys.UPSTREAM, Settings::upstream, "Connections to the nodes.");
    static final Key<Settings, DispatchConfig> DISPATCH =
            new Key<>("dispatch", DispatchKeys.DISPATCH, Settings::dispatch, "How hard the nodes are tried.");
    static final Key<Settings, AdminConfig> ADMIN =
            new Key<>("admin", ProcessKeys.ADMIN, Settings::admin, "The operators' side: admin API and metrics.");
    static final Key<Settings, StoreConfig> STORE =
            new Key<>("store", ProcessKeys.STORE, Settings::store, "What must outlive the process.");
    static final Key<Settings, MemoryConfig> MEMORY =
            new Key<>("memory", ProcessKeys.MEMORY, Settings::memory, "What may be held for clients and nodes.");
    static final Key<Settings, Loops> LOOPS = new Key<>(
            "event_loops", ProcessKeys.LOOPS, Settings::loops, "The threads that serve clients and nodes alike.");
    static final Key<Settings, Logs> LOGS = new Key<>("logs", ProcessKeys.LOGS, Settings::logs, "Log lines.");
    static final Key<Settings, RedisConfig> REDIS =
            new Key<>("redis", RedisKeys.REDIS, Settings::redis, "Limits that several gateways share.");
    static final Key<Settings, CacheConfig> CACHE =
            new Key<>("cache", ProcessKeys.CACHE, Settings::cache, "Answers that no node is asked for twice.");
    static final Key<Settings, List<ChainPlan>> CHAINS = new Key<>(
            "chains",
            new Tables<>(
                    "chain",
                    NameRule.CHAIN,
                    ChainKeys.CHAIN,
                    plan -> plan.chain().name()),
            Settings::chains,
            "The chains and their nodes.");
    static final Key<Settings, GeneralPolicy> POLICY =
            new Key<>("policy", PolicyKeys.POLICY, settings -> settings.policy().general(), "What is open to callers.");
    static final Key<Settings, List<Route>> ROUTES = new Key<>(
            "routes",
            new TableList<>("route", PolicyKeys.ROUTE),
            settings -> settings.policy().routes(),
            "Which calls go to which group.");
    static final Key<Settings, List<Limit>> LIMITS = new Key<>(
            "limits",
            new TableList<>("limit", LimitKeys.LIMIT),
            settings -> settings.policy().limits(),
            "How much callers may ask.");
    static final Key<Settings, List<TenantPlan>> TENANTS = new Key<>(
            "tenants",
            new Tables<>("tenant", NameRule.TENANT, PolicyKeys.TENANT, TenantPlan::name),
            settings -> settings.policy().tenants(),
            "The tenants.");
    public static final Table<Settings> ROOT = new Table<>(
            "",
            "Everything.",
            Settings.DEFAULT,
            List.of(
                    SERVER, UPSTREAM, DISPATCH, ADMIN, STORE, MEMORY, LOOPS, LOGS, REDIS, CACHE, POLICY, ROUTES, LIMITS,
                    TENANTS, CHAINS),
            values -> new Settings(
                    values.of(SERVER),
                    values.of(UPSTREAM),
                    values.of(DISPATCH),
                    values.of(ADMIN),
                    values.of(STORE),
                    values.of(MEMORY),
                    values.of(LOOPS),
                    values.of(LOGS),
                    values.of(REDIS),
                    values.of(CACHE),
                    new PolicyPlan(
                            values.of(POLICY), values.of(ROUTES), values.of(LIMITS), values.of(TENANTS), List.of()),
                    values.of(CHAINS),
                    KeyPlaces.NONE));

    private Keys() {}
}
