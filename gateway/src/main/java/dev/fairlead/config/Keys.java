package dev.fairlead.config;

import dev.fairlead.config.Settings.Logs;
import dev.fairlead.config.Settings.Loops;
import dev.fairlead.control.admin.AdminConfig;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.NameRule;
import dev.fairlead.core.memory.MemoryConfig;
import dev.fairlead.core.upstream.UpstreamConfig;
import dev.fairlead.data.dispatch.DispatchConfig;
import dev.fairlead.data.server.ServerConfig;
import java.util.List;

/// The outermost table: every key there is can be reached from here.
final class Keys {
    static final Key<Settings, ServerConfig> SERVER =
            new Key<>("server", ServerKeys.SERVER, Settings::server, "The clients' side.");
    static final Key<Settings, UpstreamConfig> UPSTREAM =
            new Key<>("upstream", UpstreamKeys.UPSTREAM, Settings::upstream, "Connections to the nodes.");
    static final Key<Settings, DispatchConfig> DISPATCH =
            new Key<>("dispatch", UpstreamKeys.DISPATCH, Settings::dispatch, "How hard the nodes are tried.");
    static final Key<Settings, AdminConfig> ADMIN =
            new Key<>("admin", HouseKeys.ADMIN, Settings::admin, "The operators' side: admin API and metrics.");
    static final Key<Settings, StoreConfig> STORE =
            new Key<>("store", HouseKeys.STORE, Settings::store, "What must outlive the process.");
    static final Key<Settings, MemoryConfig> MEMORY =
            new Key<>("memory", HouseKeys.MEMORY, Settings::memory, "What may be held for clients and nodes.");
    static final Key<Settings, Loops> LOOPS = new Key<>(
            "event_loops", HouseKeys.LOOPS, Settings::loops, "The threads that serve clients and nodes alike.");
    static final Key<Settings, Logs> LOGS = new Key<>("logs", HouseKeys.LOGS, Settings::logs, "Log lines.");
    static final Key<Settings, List<ChainPlan>> CHAINS = new Key<>(
            "chains",
            new Tables<>(
                    "chain",
                    NameRule.CHAIN,
                    ChainKeys.CHAIN,
                    plan -> plan.chain().name()),
            Settings::chains,
            "The chains and their nodes.");
    static final Table<Settings> ROOT = new Table<>(
            "",
            "Everything.",
            Settings.DEFAULT,
            List.of(SERVER, UPSTREAM, DISPATCH, ADMIN, STORE, MEMORY, LOOPS, LOGS, CHAINS),
            values -> new Settings(
                    values.of(SERVER),
                    values.of(UPSTREAM),
                    values.of(DISPATCH),
                    values.of(ADMIN),
                    values.of(STORE),
                    values.of(MEMORY),
                    values.of(LOOPS),
                    values.of(LOGS),
                    values.of(CHAINS)));

    private Keys() {}
}
