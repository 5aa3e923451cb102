package dev.fairlead.control.health;

import dev.fairlead.control.health.Agreement.Agreed;
import dev.fairlead.control.health.Measure.Measured;
import dev.fairlead.control.health.Trail.Meeting;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One judgement of a whole chain: what it is, what the reference is, where every node stands, and so what the Fleet
/// shows next. Pure: shells bring what was heard and the time, and carry out the checks.
record Round(ChainPlan plan, Memory memory, Instant now) {
    private static final Verdict NOT_COMPARED = new Verdict.Unknown("its branch is not yet compared");

    /// @param dossiers one for each that was given, in their order
    /// @param checks what to ask which nodes before the next round
    record Conclusion(Memory memory, List<Dossier> dossiers, ChainState state, Map<NodeId, Check> checks) {}

    static Conclusion conclude(ChainPlan plan, Collection<Dossier> dossiers, Memory memory, Instant now) {
        return new Round(plan, memory, now).conclude(dossiers);
    }

    private Chain chain() {
        return plan.chain();
    }

    private Conclusion conclude(Collection<Dossier> dossiers) {
        Identity expected = Admission.learn(memory.expected(), chain(), dossiers);
        var witnesses = witnesses(dossiers, expected);
        var voices = List.copyOf(witnesses.values());
        long silent = silent(dossiers, witnesses, expected);
        Agreed agreed = Agreement.reach(
                chain(),
                voices,
                absent(dossiers, expected),
                silent,
                memory.main().history(),
                now);
        Witness by = agreed.by();
        LagClock clock = by == null
                ? memory.clock()
                : memory.clock().saw(by.height(), by.head().seenAt());
        var measured = new HashMap<NodeId, Measured>();
        var open = new HashSet<NodeId>();
        if (by != null) {
            boolean isStrange = memory.main().history().isStrange(by);
            var measure = Measure.against(
                    agreed, by, chain(), clock, voices, isStrange, goesBack(dossiers, witnesses), turnedAt(by), now);
            for (Witness witness : voices) measured.put(witness.id(), measure.of(witness));
            open.addAll(open(dossiers, by, voices, measure, measured));
        }

        var checks = new HashMap<>(agreed.checks());
        Memory next = memory.learned(expected, clock);
        if (by != null) {
            next = next.agreedOn(memory.main().after(by, voices, measured, now));
            var asked = questions(next, by, !open.isEmpty()).after(memory.checkpoint(), voices, measured);
            next = next.checkedAt(asked.checkpoint());
            asked.checks().forEach(checks::putIfAbsent);
        }
        measured.forEach((id, found) -> found.check().ifPresent(check -> checks.put(id, check)));
        var judged = judged(dossiers, expected, measured, open);
        boolean started = checks.isEmpty()
                && judged.stream().allMatch(Dossier::probed)
                && judged.stream().noneMatch(dossier -> dossier.arrival() instanceof Arrival.Waits);
        return new Conclusion(next.started(started), judged, state(judged, agreed, next), checks);
    }

    /// Nodes that are new or back and whose branch is yet to be compared: with them the one that they are measured
    /// against, until most are known to be on its branch.
    private Set<NodeId> open(
            Collection<Dossier> dossiers,
            Witness by,
            List<Witness> voices,
            Measure measure,
            Map<NodeId, Measured> measured) {
        var arriving = new HashSet<NodeId>();
        for (Dossier dossier : dossiers) {
            if (!(dossier.arrival() instanceof Arrival.Over)) arriving.add(dossier.id());
        }
        var open = new HashSet<NodeId>();
        if (arriving.isEmpty()) return open;
        long with = 0;
        long undecided = memory.started() ? 0 : unheard(dossiers);
        for (Witness witness : voices) {
            Measured found = measured.get(witness.id());
            if (found == null || found.standing().objection() != null || !measure.isNear(witness)) continue;
            boolean isOpen = measure.isOpen(witness);
            if (isOpen) undecided += witness.weight();
            else with += witness.weight();
            if (isOpen && arriving.contains(witness.id())) open.add(witness.id());
        }
        if (undecided >= with && arriving.contains(by.id())) open.add(by.id());
        return open;
    }

    private static long unheard(Collection<Dossier> dossiers) {
        return dossiers.stream()
                .filter(dossier -> !dossier.probed())
                .mapToLong(dossier -> dossier.node().weight())
                .sum();
    }

    /// Whether nodes of half of the weight went back by some blocks lately: others may be about to, and cannot be held
    /// to what they showed before.
    private boolean goesBack(Collection<Dossier> dossiers, Map<NodeId, Witness> witnesses) {
        Instant lately = now.minus(chain().probing().interval().multipliedBy(3));
        long back = dossiers.stream()
                .filter(dossier -> dossier.position().wentBackAt().isAfter(lately))
                .filter(dossier -> witnesses.containsKey(dossier.id()))
                .mapToLong(dossier -> dossier.node().weight())
                .sum();
        return back > 0 && back * 2 >= Witness.weight(List.copyOf(witnesses.values()));
    }

    private Instant turnedAt(Witness by) {
        return memory.started()
                ? memory.main().turnedAt(by, now)
                : memory.main().turnedAt();
    }

    private Map<NodeId, Witness> witnesses(Collection<Dossier> dossiers, Identity expected) {
        var witnesses = new LinkedHashMap<NodeId, Witness>();
        var declared = dossiers.stream()
                .filter(dossier -> isOfThisChain(dossier, expected))
                .map(Dossier::id)
                .collect(Collectors.toSet());
        for (Dossier dossier : dossiers) {
            var seen = dossier.seen();
            var head = dossier.head();
            if (seen == null || head == null || !expected.admits(seen.identity())) continue;
            if (!dossier.answers(chain().probing().fall())) continue;
            Parting parting = dossier.parting();
            Trail fresh = dossier.trail().fresh();
            Meeting met = memory.main().history().meet(fresh);
            witnesses.put(
                    dossier.id(),
                    new Witness(
                            dossier.id(),
                            dossier.node().weight(),
                            head,
                            met instanceof Meeting.Apart ? fresh : dossier.trail(),
                            met,
                            dossier.position().descent(),
                            dossier.position().checked(),
                            parting == null ? null : parting.by(declared),
                            seen.at(),
                            dossier.id().equals(memory.main().by()),
                            dossier.silence() != null,
                            dossier.doubted()));
        }
        return witnesses;
    }

    private static boolean isOfThisChain(Dossier dossier, Identity expected) {
        var seen = dossier.seen();
        return seen == null || expected.admits(seen.identity());
    }

    /// Weight of the nodes that stood by the main branch when they were last heard.
    private static long silent(Collection<Dossier> dossiers, Map<NodeId, Witness> witnesses, Identity expected) {
        return dossiers.stream()
                .filter(dossier -> dossier.seen() != null && isOfThisChain(dossier, expected))
                .filter(dossier -> !dossier.isForked() && !witnesses.containsKey(dossier.id()))
                .mapToLong(dossier -> dossier.node().weight())
                .sum();
    }

    /// Why leaders have no voice, where they have none.
    private Map<String, String> absent(Collection<Dossier> dossiers, Identity expected) {
        var reasons = new HashMap<String, String>();
        for (Dossier dossier : dossiers) {
            if (chain().isLeader(dossier.id())) reasons.put(dossier.id().name(), absence(dossier, expected));
        }
        return reasons;
    }

    private static String absence(Dossier dossier, Identity expected) {
        var silence = dossier.silence();
        if (silence != null) return "is unreachable: " + silence.cause();
        var seen = dossier.seen();
        boolean foreign = seen != null && !expected.admits(seen.identity());
        return foreign ? "answers for another chain" : "has not answered yet";
    }

    private Questions questions(Memory next, Witness by, boolean arriving) {
        History before = memory.main().history();
        return new Questions(chain().probing(), before, next.main().history(), by, arriving, now);
    }

    /// While nobody serves, one good look at a node is enough: one that may fail again is better than none.
    private List<Dossier> judged(
            Collection<Dossier> dossiers, Identity expected, Map<NodeId, Measured> measured, Set<NodeId> open) {
        var judge = new Judge(chain().tolerance());
        var next = new ArrayList<Dossier>(dossiers.size());
        var atOnce = new ArrayList<Dossier>(dossiers.size());
        for (Dossier dossier : dossiers) {
            Measured found = measured.get(dossier.id());
            Verdict told = judge.judge(dossier, expected, found == null ? null : found.standing());
            Arrival arrival = dossier.arrival().next(told, dossier.shown().ready(), open.contains(dossier.id()), now);
            boolean waits = arrival instanceof Arrival.Waits && told.ready();
            Verdict verdict = waits ? NOT_COMPARED : told;
            Dossier steady = judged(dossier, steadied(dossier, verdict), arrival, found);
            next.add(steady);
            atOnce.add(verdict.ready() ? judged(dossier, Steadiness.at(verdict), arrival, found) : steady);
        }
        return next.stream().anyMatch(dossier -> dossier.shown().ready()) ? next : atOnce;
    }

    private Dossier judged(Dossier dossier, Steadiness steady, Arrival arrival, @Nullable Measured found) {
        Parting apart = found == null ? dossier.parting() : found.parting();
        boolean objected = found == null ? dossier.doubted() : found.standing().objection() != null;
        return dossier.judged(steady, arrival, apart, objected, !memory.started(), now);
    }

    private Steadiness steadied(Dossier dossier, Verdict verdict) {
        boolean waits = NOT_COMPARED.equals(verdict) && !(dossier.shown() instanceof Verdict.Unknown);
        if (waits && memory.started()) return dossier.steadiness().waiting(dossier.sampled());
        return memory.started()
                ? dossier.steadiness().next(verdict, dossier.sampled(), chain().probing())
                : Steadiness.at(verdict);
    }

    private ChainState state(List<Dossier> judged, Agreed agreed, Memory next) {
        var head = agreed.reference().head();
        @Nullable
        Instant stalled = head == null
                ? null
                : Stall.since(head, next.clock(), chain().probing(), now).orElse(null);
        var nodes = judged.stream().map(dossier -> shown(dossier, next)).toList();
        String network = NetworkId.of(next.expected(), agreed.reference(), judged);
        return new ChainState(
                chain(), next.expected().chainId(), network, agreed.reference(), nodes, plan.groups(), stalled);
    }

    private NodeState shown(Dossier dossier, Memory next) {
        var seen = dossier.seen();
        long pending = seen == null ? 0 : seen.hints().pendingBehind();
        boolean tolerated = pending <= chain().tolerance().blocks();
        return dossier.state(lag(dossier, next), tolerated ? 0 : pending);
    }

    /// Of the newest block that the node showed, however long ago; null where it showed none, or one of another chain.
    private @Nullable Lag lag(Dossier dossier, Memory next) {
        var seen = dossier.seen();
        Head head = dossier.head();
        OptionalLong top = next.clock().top();
        if (seen == null || head == null || top.isEmpty() || !next.expected().admits(seen.identity())) return null;
        long blocks = top.getAsLong() - head.number();
        return new Lag(blocks, blocks > 0 ? next.clock().since(head.number(), now) : Duration.ZERO);
    }
}
