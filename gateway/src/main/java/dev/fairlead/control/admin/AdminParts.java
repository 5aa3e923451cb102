package dev.fairlead.control.admin;

import dev.fairlead.control.admin.view.ClientUrl;
import dev.fairlead.control.admin.view.Explainer;
import dev.fairlead.control.operate.Operator;
import dev.fairlead.control.store.Store;
import dev.fairlead.control.store.UseMemory;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jwt.KeySetState;
import dev.fairlead.core.jwt.KeySetUrl;
import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.net.RequestMark;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.RedisState;
import dev.fairlead.core.telemetry.DataPlaneHealth;
import dev.fairlead.core.telemetry.EventHistory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/// Everything that the admin API shows or passes orders to.
///
/// @param inFlight calls that a node works on, or -1 where that is not known
/// @param spared services for which a node gets no calls at the moment
/// @param today credits that a node was asked today, or -1 where that is not counted
/// @param sharedToday the same for leaders and rented nodes of a chain together
/// @param mark tells the gateway's own requests to nodes, should one come here
/// @param budgets what may be held for clients and nodes
/// @param supervisor keeps the loops going
/// @param clientUrls where clients call
/// @param lastUsed when a call came with that key, as far as this gateway knows
/// @param usage what tenants and keys took
/// @param keySets what came of fetching keys of tokens
/// @param redis over which limits are shared; empty where each gateway counts for itself
/// @param metrics the text that Prometheus reads
public record AdminParts(
        String version,
        InstantSource clock,
        Instant startedAt,
        Operator operator,
        Board<Fleet> fleet,
        Store store,
        EventHistory history,
        DataPlaneHealth dataPlaneTroubles,
        Supervisor supervisor,
        ToIntFunction<NodeId> inFlight,
        Function<NodeId, List<String>> spared,
        ToLongFunction<NodeId> today,
        ToLongFunction<String> sharedToday,
        RequestMark mark,
        Budgets budgets,
        Supplier<List<ClientUrl>> clientUrls,
        Function<ApiKey, Optional<Instant>> lastUsed,
        Reloader reloader,
        Explainer explainer,
        UseMemory usage,
        Function<KeySetUrl, KeySetState> keySets,
        Supplier<Optional<RedisState>> redis,
        Supplier<String> metrics) {
    /// Why the process should be started again, if that is so.
    Optional<String> fault() {
        return dataPlaneTroubles.fault().or(supervisor::fault);
    }
}
