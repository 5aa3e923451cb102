package dev.fairlead.control.judge;

import dev.fairlead.control.judge.Agreement.Agreed;
import dev.fairlead.control.judge.Arrival.Compared;
import dev.fairlead.control.judge.KnownHashes.Meeting;
import dev.fairlead.control.judge.Measure.BranchState;
import dev.fairlead.control.judge.Measure.Measured;
import dev.fairlead.control.probe.FollowUp;
import dev.fairlead.control.probe.Identity;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One judgement of a whole chain: what it is, what the reference is, where every node stands, and so what the
/// Fleet shows next. Pure: the callers bring what was heard and the time, and carry out the checks.
public record ChainJudgement(ChainPlan plan, ChainMemory memory, Instant now) {
    private static final Verdict NOT_COMPARED = new Verdict.Unknown("its branch is not yet compared");

    /// @param allEvidence one for each that was given, in their order
    /// @param checks what to ask which nodes before the next round
    public record Conclusion(
            ChainMemory memory, List<NodeEvidence> allEvidence, ChainState state, Map<NodeId, FollowUp> checks) {}

    public static Conclusion conclude(
            ChainPlan plan, Collection<NodeEvidence> allEvidence, ChainMemory memory, Instant now) {
        return new ChainJudgement(plan, memory, now).conclude(allEvidence);
    }

    private Chain chain() {
        return plan.chain();
    }

    private Conclusion conclude(Collection<NodeEvidence> allEvidence) {
        Identity expected = ChainIdentification.learn(memory.expected(), chain(), allEvidence);
        var voters = voters(allEvidence, expected);
        var voterList = List.copyOf(voters.values());
        long silent = silent(allEvidence, voters, expected);
        Agreed agreed = Agreement.reach(
                chain(),
                voterList,
                absent(allEvidence, expected),
                nobody(allEvidence),
                silent,
                memory.main().agreedHashes(),
                now);
        Voter by = agreed.by();
        LagClock clock = by == null
                ? memory.clock()
                : memory.clock().saw(by.height(), by.head().seenAt());
        var measured = new HashMap<NodeId, Measured>();
        var open = new HashMap<NodeId, Compared>();
        if (by != null) {
            BranchState branch = branchState(agreed, by, voterList, allEvidence);
            var measure = new Measure(chain(), agreed, by, clock, voterList, branch, now);
            for (Voter voter : voterList) measured.put(voter.id(), measure.measure(voter));
            open.putAll(open(allEvidence, by, voterList, measure, measured));
        }

        var checks = new HashMap<>(agreed.checks());
        ChainMemory next = memory.learned(expected, clock);
        if (by != null) {
            next = next.agreedOn(memory.main().after(by, voterList, measured, now));
            var asked = questions(next, by, !open.isEmpty()).after(memory.checkpoint(), voterList, measured);
            next = next.checkedAt(asked.checkpoint());
            asked.checks().forEach(checks::putIfAbsent);
        }
        measured.forEach((id, found) -> found.check().ifPresent(followUp -> checks.put(id, followUp)));
        var judged = judged(allEvidence, expected, measured, open);
        boolean started = checks.isEmpty()
                && judged.stream().allMatch(NodeEvidence::probed)
                && judged.stream().noneMatch(evidence -> evidence.arrival().isFresh(now));
        return new Conclusion(next.started(started), judged, state(judged, agreed, next), checks);
    }

    /// Nodes that are new or back and whose branch is yet to be compared: with them the one that they are measured
    /// against, until most are known to be on its branch.
    private Map<NodeId, Compared> open(
            Collection<NodeEvidence> allEvidence,
            Voter by,
            List<Voter> voterList,
            Measure measure,
            Map<NodeId, Measured> measured) {
        var arriving = new HashSet<NodeId>();
        for (NodeEvidence evidence : allEvidence) {
            if (!(evidence.arrival() instanceof Arrival.Over)) arriving.add(evidence.id());
        }
        var open = new HashMap<NodeId, Compared>();
        if (arriving.isEmpty()) return open;
        long with = 0;
        long undecided = memory.started() ? 0 : unheard(allEvidence);
        for (Voter voter : voterList) {
            Measured found = measured.get(voter.id());
            if (found == null || found.standing().objection() != null || !measure.isNear(voter)) continue;
            boolean isOpen = measure.isOpen(voter);
            if (isOpen) undecided += voter.weight();
            else with += voter.weight();
            boolean apart = found.forkMemory() != null || voter.hasLeft();
            if (isOpen && arriving.contains(voter.id()))
                open.put(voter.id(), apart ? Compared.APART : Compared.NOT_YET);
        }
        if (undecided >= with && arriving.contains(by.id())) open.putIfAbsent(by.id(), Compared.NOT_YET);
        return open;
    }

    private static long unheard(Collection<NodeEvidence> allEvidence) {
        return allEvidence.stream()
                .filter(evidence -> !evidence.probed())
                .mapToLong(evidence -> evidence.node().weight())
                .sum();
    }

    private BranchState branchState(Agreed agreed, Voter by, List<Voter> voters, Collection<NodeEvidence> allEvidence) {
        boolean contested = agreed.main() != null && agreed.main().isContested(voters);
        boolean strange = memory.main().agreedHashes().isStrange(by);
        return new BranchState(contested, strange, goesBack(allEvidence, voters), turnedAt(by));
    }

    /// Whether nodes of half of the weight went back by some blocks lately: others may be about to, and cannot be held
    /// to what they showed before.
    private boolean goesBack(Collection<NodeEvidence> allEvidence, List<Voter> voters) {
        var ids = voters.stream().map(Voter::id).collect(Collectors.toSet());
        Instant lately = now.minus(chain().probing().interval().multipliedBy(3));
        long back = allEvidence.stream()
                .filter(evidence -> evidence.position().wentBackAt().isAfter(lately))
                .filter(evidence -> ids.contains(evidence.id()))
                .mapToLong(evidence -> evidence.node().weight())
                .sum();
        return back > 0 && back * 2 >= Voter.weight(voters);
    }

    private Instant turnedAt(Voter by) {
        return memory.started()
                ? memory.main().turnedAt(by, now)
                : memory.main().turnedAt();
    }

    private Map<NodeId, Voter> voters(Collection<NodeEvidence> allEvidence, Identity expected) {
        var voters = new LinkedHashMap<NodeId, Voter>();
        var declared = allEvidence.stream()
                .filter(evidence -> isOfThisChain(evidence, expected))
                .map(NodeEvidence::id)
                .collect(Collectors.toSet());
        for (NodeEvidence evidence : allEvidence) {
            var seen = evidence.seen();
            var head = evidence.head();
            if (seen == null || head == null || !expected.admits(seen.identity())) continue;
            if (!evidence.answers(chain().probing().fall())) continue;
            KnownHashes fresh = evidence.hashes().fresh();
            Meeting met = memory.main().agreedHashes().meet(fresh);
            KnownHashes hashes = met instanceof Meeting.Apart ? fresh : evidence.hashes();
            ForkMemory known = evidence.forkMemory();
            ForkMemory forkMemory = known == null ? null : known.by(declared);
            boolean before = evidence.id().equals(memory.main().by());
            voters.put(evidence.id(), new Voter(evidence, head, seen.at(), hashes, met, forkMemory, before));
        }
        return voters;
    }

    private static boolean isOfThisChain(NodeEvidence evidence, Identity expected) {
        var seen = evidence.seen();
        return seen == null || expected.admits(seen.identity());
    }

    /// Weight of the nodes that stood by the main branch when they were last heard.
    private static long silent(Collection<NodeEvidence> allEvidence, Map<NodeId, Voter> voters, Identity expected) {
        return allEvidence.stream()
                .filter(evidence -> evidence.seen() != null && isOfThisChain(evidence, expected))
                .filter(evidence -> !evidence.isForked() && !evidence.isSpent())
                .filter(evidence -> !voters.containsKey(evidence.id()))
                .mapToLong(evidence -> evidence.node().weight())
                .sum();
    }

    private static String nobody(Collection<NodeEvidence> allEvidence) {
        boolean areSpent = !allEvidence.isEmpty() && allEvidence.stream().allMatch(NodeEvidence::isSpent);
        return areSpent ? "no node is asked: their plans are used up" : "no node answers";
    }

    /// Why leaders have no vote, where they have none.
    private Map<String, String> absent(Collection<NodeEvidence> allEvidence, Identity expected) {
        var reasons = new HashMap<String, String>();
        for (NodeEvidence evidence : allEvidence) {
            if (chain().isLeader(evidence.id())) reasons.put(evidence.id().name(), absence(evidence, expected));
        }
        return reasons;
    }

    private static String absence(NodeEvidence evidence, Identity expected) {
        var silence = evidence.silence();
        if (silence != null && evidence.isSpent()) return silence.cause();
        if (silence != null) return "is unreachable: " + silence.cause();
        var seen = evidence.seen();
        boolean foreign = seen != null && !expected.admits(seen.identity());
        return foreign ? "answers for another chain" : "has not answered yet";
    }

    private Questions questions(ChainMemory next, Voter by, boolean arriving) {
        AgreedHashes before = memory.main().agreedHashes();
        return new Questions(chain().probing(), before, next.main().agreedHashes(), by, arriving, now);
    }

    /// While no node serves, one good sample is enough: a node that may fail again is better than none.
    private List<NodeEvidence> judged(
            Collection<NodeEvidence> allEvidence,
            Identity expected,
            Map<NodeId, Measured> measured,
            Map<NodeId, Compared> open) {
        var judge = new Judge(chain().tolerance());
        var next = new ArrayList<NodeEvidence>(allEvidence.size());
        var atOnce = new ArrayList<NodeEvidence>(allEvidence.size());
        for (NodeEvidence evidence : allEvidence) {
            Measured found = measured.get(evidence.id());
            Verdict told = judge.judge(evidence, expected, found == null ? null : found.standing());
            var compared = open.getOrDefault(evidence.id(), Compared.SAME);
            Arrival arrival = evidence.arrival().next(told, evidence.shown().ready(), compared, now);
            boolean waits = arrival instanceof Arrival.Waits && told.ready();
            Verdict verdict = waits ? NOT_COMPARED : told;
            NodeEvidence steady = judged(evidence, steadied(evidence, verdict), arrival, found);
            next.add(steady);
            atOnce.add(verdict.ready() ? judged(evidence, Steadiness.at(verdict), arrival, found) : steady);
        }
        return next.stream().anyMatch(evidence -> evidence.shown().ready()) ? next : atOnce;
    }

    private NodeEvidence judged(NodeEvidence evidence, Steadiness steady, Arrival arrival, @Nullable Measured found) {
        ForkMemory forkMemory = found == null ? evidence.forkMemory() : found.forkMemory();
        boolean objected = found == null ? evidence.doubted() : found.standing().objection() != null;
        return evidence.judged(steady, arrival, forkMemory, objected, !memory.started(), now);
    }

    private Steadiness steadied(NodeEvidence evidence, Verdict verdict) {
        boolean waits = NOT_COMPARED.equals(verdict) && evidence.shown().judged();
        if (waits && memory.started()) return evidence.steadiness().waiting(evidence.sampled());
        return memory.started()
                ? evidence.steadiness().next(verdict, evidence.sampled(), chain().probing())
                : Steadiness.at(verdict);
    }

    private ChainState state(List<NodeEvidence> judged, Agreed agreed, ChainMemory next) {
        var head = agreed.reference().head();
        @Nullable
        Instant stalled = head == null
                ? null
                : ChainStall.since(head, next.clock(), chain().probing(), now).orElse(null);
        var nodes = judged.stream().map(evidence -> shown(evidence, next)).toList();
        String network = NetworkId.of(next.expected(), agreed.reference(), judged);
        return new ChainState(
                chain(), next.expected().chainId(), network, agreed.reference(), nodes, plan.groups(), stalled);
    }

    private NodeState shown(NodeEvidence evidence, ChainMemory next) {
        var seen = evidence.seen();
        long pending = seen == null ? 0 : seen.selfReport().pendingBehind();
        boolean tolerated = pending <= chain().tolerance().blocks();
        return evidence.state(lag(evidence, next), tolerated ? 0 : pending);
    }

    /// Of the newest block that the node showed, however long ago; null where it showed none, or one of another chain.
    private @Nullable Lag lag(NodeEvidence evidence, ChainMemory next) {
        var seen = evidence.seen();
        Head head = evidence.head();
        OptionalLong top = next.clock().top();
        if (seen == null || head == null || top.isEmpty() || !next.expected().admits(seen.identity())) return null;
        long blocks = top.getAsLong() - head.number();
        return new Lag(blocks, blocks > 0 ? next.clock().since(head.number(), now) : Duration.ZERO);
    }
}
