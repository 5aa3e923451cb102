package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.ListOf;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.config.TableValues;
import dev.fairlead.config.Tables;
import dev.fairlead.core.eth.BlockTimes;
import dev.fairlead.core.fleet.CallBounds;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Chain.Tolerance;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.policy.CallerPolicy;
import dev.fairlead.core.url.NameRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The keys of one chain: `[chains.<chain>]`.
final class ChainKeys {
    static final Key<ChainPlan, Long> ID = new Key<ChainPlan, Long>(
                    "id",
                    Scalars.whole(1, 999_999_999_999_999_999L),
                    plan -> plan.chain().declaredId(),
                    "EIP-155 id; a node that shows another one never serves.")
            .otherwise("learned from the leader or the majority of the nodes");
    static final Key<ChainPlan, List<String>> LEADERS = new Key<>(
            "leaders",
            new ListOf<>(Scalars.name(NameRule.NODE)),
            plan -> plan.chain().leaders(),
            "Names of the nodes whose head measures the others, best first; without any, the nodes' own agreement does.");
    static final Key<ChainPlan, Long> TOLERATED_LAG = new Key<ChainPlan, Long>(
                    "tolerated_lag",
                    Scalars.whole(0, 1_000_000),
                    plan -> plan.chain().tolerance().blocks(),
                    "Blocks that a node may be behind and still serve, this number included.")
            .otherwise("`10`; beside a `tolerated_lag_time`, twice the blocks of that time, at least 10");
    static final Key<ChainPlan, Duration> TOLERATED_LAG_TIME = new Key<ChainPlan, Duration>(
                    "tolerated_lag_time",
                    Scalars.duration(Duration.ofMillis(100), Duration.ofDays(7)),
                    plan -> plan.chain().tolerance().time(),
                    "Time since the reference passed a node's height in which it may still serve, this one included.")
            .otherwise("twice the time of `tolerated_lag` blocks, at least `120s`");
    static final Key<ChainPlan, Long> TOLERATED_LEAD = new Key<>(
            "tolerated_lead",
            Scalars.whole(0, 1_000_000),
            plan -> plan.chain().tolerance().ahead(),
            "Blocks that a node may be ahead of the reference before it is taken for rogue.");
    static final Key<ChainPlan, Duration> PROBE_INTERVAL = new Key<>(
            "probe_interval",
            Scalars.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
            plan -> plan.chain().probing().interval(),
            "Time between two probes of one node.");
    static final Key<ChainPlan, Duration> PROBE_TIMEOUT = new Key<>(
            "probe_timeout",
            Scalars.duration(Duration.ofMillis(50), Duration.ofMinutes(1)),
            plan -> plan.chain().probing().timeout(),
            "How long one probe waits for its answer.");
    static final Key<ChainPlan, Integer> FALL = new Key<>(
            "fall",
            Scalars.count(1, 100),
            plan -> plan.chain().probing().fall(),
            "Bad samples in a row before a node stops serving.");
    static final Key<ChainPlan, Integer> RISE = new Key<>(
            "rise",
            Scalars.count(1, 100),
            plan -> plan.chain().probing().rise(),
            "Good samples in a row before a node serves again.");
    static final Key<ChainPlan, Duration> BLOCK_TIME = new Key<ChainPlan, Duration>(
                    "block_time",
                    Scalars.duration(Duration.ofMillis(10), Duration.ofHours(1)),
                    plan -> plan.chain().probing().blockTime(),
                    "Expected time between blocks; a chain without a new one for ten times as long, and a minute, stands still.")
            .otherwise("by `id`: `12s` for Ethereum and chains not known here, `2s` for OP stack chains and so on");
    static final Key<ChainPlan, Boolean> QUIET = new Key<>(
            "quiet",
            Scalars.flag(),
            plan -> plan.chain().probing().quiet(),
            "Whether it is normal that the chain makes no block for a long time.");
    static final Key<ChainPlan, Double> LEADER_RATE = new Key<>(
            "leader_rate",
            Scalars.decimal(0, 1_000_000),
            plan -> plan.chain().leaderRate(),
            "Calls per second that leaders may get as last resort; 0 is no bound.");
    static final Key<ChainPlan, Long> RENTED_DAILY = new Key<>(
            "rented_daily",
            Scalars.whole(0, SpendingPlan.MOST_DAILY),
            plan -> plan.chain().rentedDaily(),
            "How many credits leaders and rented nodes together may be asked in a day of UTC; 0 is no bound.");
    static final Key<ChainPlan, List<Node>> NODES = new Key<>(
            "nodes",
            new Tables<>("node", NameRule.NODE, NodeKeys.NODE, node -> node.id().name()),
            ChainPlan::nodes,
            "The chain's nodes, leaders among them.");
    static final Key<ChainPlan, List<Group>> GROUPS = new Key<>(
            "groups",
            new Tables<>("group", NameRule.GROUP, GroupKeys.GROUP, Group::name),
            ChainPlan::groups,
            "Groups of nodes for certain methods.");
    static final Key<ChainPlan, CallBounds> DISPATCH = new Key<>(
            "dispatch", CallBoundsKeys.OF_CHAIN, plan -> plan.chain().bounds(), "How hard its nodes are tried.");
    static final Key<ChainPlan, CallerPolicy> POLICY =
            new Key<>("policy", PolicyKeys.CHAIN, ChainPlan::policy, "Which of its methods are open to callers.");
    static final Table<ChainPlan> CHAIN = new Table<>(
            "chains.<chain>",
            "One chain, served under the paths `/<chain>` and `/<id>`; when there is only one, under `/` too.",
            new ChainPlan(Chain.of("", 0, List.of()), List.of(), List.of()),
            List.of(
                    ID,
                    LEADERS,
                    TOLERATED_LAG,
                    TOLERATED_LAG_TIME,
                    TOLERATED_LEAD,
                    PROBE_INTERVAL,
                    PROBE_TIMEOUT,
                    FALL,
                    RISE,
                    BLOCK_TIME,
                    QUIET,
                    LEADER_RATE,
                    RENTED_DAILY,
                    NODES,
                    GROUPS,
                    DISPATCH,
                    POLICY),
            ChainKeys::make);

    private ChainKeys() {}

    private static ChainPlan make(TableValues<ChainPlan> values) {
        long id = values.of(ID);
        Duration blockTime = values.of(BLOCK_TIME);
        if (!values.has(BLOCK_TIME)) blockTime = BlockTimes.of(id);
        var probing = new Probing(
                values.of(PROBE_INTERVAL),
                values.of(PROBE_TIMEOUT),
                values.of(FALL),
                values.of(RISE),
                blockTime,
                values.of(QUIET));
        var tolerance = Tolerance.of(
                values.has(TOLERATED_LAG) ? values.of(TOLERATED_LAG) : null,
                values.has(TOLERATED_LAG_TIME) ? values.of(TOLERATED_LAG_TIME) : null,
                values.of(TOLERATED_LEAD),
                blockTime);
        var chain = new Chain(
                values.name(),
                id,
                values.of(LEADERS),
                tolerance,
                probing,
                values.of(LEADER_RATE),
                values.of(RENTED_DAILY),
                values.of(DISPATCH));
        return new ChainPlan(chain, values.of(NODES), withDefault(values.of(GROUPS)), values.of(POLICY));
    }

    private static List<Group> withDefault(List<Group> declared) {
        var groups = new ArrayList<>(declared);
        if (declared.stream().noneMatch(group -> group.name().equals(Group.DEFAULT_NAME))) groups.add(Group.DEFAULT);
        return groups;
    }
}
