package dev.fairlead.data.load;

import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.SpentDay;
import dev.fairlead.core.telemetry.AllEvents;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.limit.DayCount;
import dev.fairlead.data.limit.UtcDay;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What every node that has a plan has been asked. One for the whole gateway; may be used from any thread. Nodes
/// without a plan are not counted. What was counted today outlives the node's removal, because its provider
/// remembers too.
public final class Spending {
    private final UtcDay clock;
    private final Events events;
    private final Map<NodeId, DayCount> days = new ConcurrentHashMap<>();
    private final Map<String, DayCount> sharedDays = new ConcurrentHashMap<>();
    private final Map<NodeId, NodeSpending.Rate> rates = new ConcurrentHashMap<>();
    private volatile Map<NodeId, NodeSpending> bound = Map.of();
    private volatile Set<String> sharing = Set.of();

    public Spending(InstantSource clock, Events events) {
        this.clock = new UtcDay(clock);
        this.events = events;
    }

    /// Where no node has a plan.
    static Spending unbound() {
        return new Spending(InstantSource.system(), new AllEvents(List.of()));
    }

    /// What was counted before a restart. Of days before today nothing is kept.
    public void restore(List<SpentDay> before) {
        long today = clock.today();
        for (SpentDay spent : before) {
            if (spent.day().toEpochDay() != today) continue;
            String node = spent.node();
            DayCount count = node == null ? shared(spent.chain()) : day(new NodeId(spent.chain(), node));
            count.restore(today, spent.credits());
        }
    }

    /// Takes the plans of what is declared now.
    public void declare(Declared declared) {
        var now = new HashMap<NodeId, NodeSpending>();
        var sharingNow = new HashSet<String>();
        for (ChainPlan plan : declared.chains()) {
            if (plan.chain().rentedDaily() > 0) sharingNow.add(plan.chain().name());
            for (Node node : plan.nodes()) {
                boolean isShared =
                        plan.chain().rentedDaily() > 0 && plan.chain().isCharged(node);
                if (isShared || node.plan().isBound()) now.put(node.id(), spending(plan.chain(), node, isShared));
            }
        }
        bound = Map.copyOf(now);
        sharing = Set.copyOf(sharingNow);
        forget(now.keySet(), sharingNow);
    }

    /// Null for a node that may be asked as much as one likes.
    public @Nullable NodeSpending of(NodeId node) {
        return bound.get(node);
    }

    /// Credits that the node was asked today, or -1 where that is not counted.
    public long today(NodeId node) {
        NodeSpending known = of(node);
        return known == null ? -1 : known.today();
    }

    /// Credits that the chain's leaders and rented nodes were asked today, or -1 where that is not counted.
    public long sharedToday(String chain) {
        return sharing.contains(chain) ? shared(chain).used(clock.today()) : -1;
    }

    /// What is to be remembered over a restart.
    public List<SpentDay> uses() {
        long today = clock.today();
        LocalDate date = LocalDate.ofEpochDay(today);
        var uses = new ArrayList<SpentDay>();
        days.forEach((node, day) -> {
            if (day.isOf(today)) uses.add(new SpentDay(node.chain(), node.name(), date, day.used(today)));
        });
        sharedDays.forEach((chain, day) -> {
            if (day.isOf(today)) uses.add(new SpentDay(chain, null, date, day.used(today)));
        });
        return List.copyOf(uses);
    }

    private NodeSpending spending(Chain chain, Node node, boolean isShared) {
        NodeId id = node.id();
        long daily = node.plan().daily();
        var own = new DayBudget(
                day(id),
                daily,
                node.plan().credits().cheapest(),
                clock,
                percent -> events.spending(id.chain(), id.name(), percent, daily));
        return new NodeSpending(
                id,
                node.plan(),
                own,
                isShared ? shared(chain) : null,
                rates.computeIfAbsent(id, _ -> new NodeSpending.Rate()));
    }

    private DayBudget shared(Chain chain) {
        String name = chain.name();
        long daily = chain.rentedDaily();
        return new DayBudget(shared(name), daily, 1, clock, percent -> events.spending(name, null, percent, daily));
    }

    private DayCount day(NodeId node) {
        return days.computeIfAbsent(node, _ -> new DayCount());
    }

    private DayCount shared(String chain) {
        return sharedDays.computeIfAbsent(chain, _ -> new DayCount());
    }

    private void forget(Set<NodeId> nodes, Set<String> chains) {
        long today = clock.today();
        days.entrySet()
                .removeIf(
                        day -> !nodes.contains(day.getKey()) && !day.getValue().isOf(today));
        sharedDays
                .entrySet()
                .removeIf(
                        day -> !chains.contains(day.getKey()) && !day.getValue().isOf(today));
        rates.keySet().retainAll(nodes);
    }
}
