package dev.fairlead.control.judge;

import dev.fairlead.control.probe.Identity;
import dev.fairlead.control.probe.Sample;
import dev.fairlead.control.probe.SelfReport;
import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Chain.Tolerance;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns what is known of one node into a verdict by comparing it with the reference.
/// No clock, no I/O, no memory: the same evidence always gets the same verdict.
public record Judge(Tolerance tolerance) {
    private static final Duration NEVER_OLD = Duration.ofSeconds(60);

    /// How long without a new block a chain, or a node, stands still.
    static Duration oldHead(Probing probing) {
        Duration many = probing.blockTime().multipliedBy(10);
        return many.compareTo(NEVER_OLD) > 0 ? many : NEVER_OLD;
    }

    /// @param expected what the chain is known to be; a node of another one never serves, whatever else it says
    /// @param standing null while there is no reference
    public Verdict judge(NodeEvidence evidence, Identity expected, @Nullable Standing standing) {
        NodeEvidence.Silence silence = evidence.silence();
        if (silence != null && silence.known() != null) return silence.known();
        if (silence != null && evidence.isForked() && evidence.head() != null) {
            return forked(evidence, evidence.head(), silence);
        }
        if (silence != null) return new Verdict.Unreachable(silence.cause(), silence.since());
        Sample.Seen seen = evidence.seen();
        Head head = evidence.head();
        if (seen == null || head == null) return evidence.shown();
        if (!expected.admits(seen.identity())) {
            return new Verdict.WrongChain(
                    expected.against(seen.identity()), seen.identity().foundAgainst(expected));
        }
        if (expected.chainId() == 0) return new Verdict.Unknown("the chain's id is not known yet");
        if (standing == null && evidence.isForked()) return forked(evidence, head, null);
        if (standing == null) return new Verdict.Unknown("nothing to measure it against yet");
        if (standing.objection() != null) return new Verdict.Forked(head, standing.objection());
        return byLag(head, seen.selfReport(), standing.lag());
    }

    /// What is known of a node's branch holds while it is silent, and while the others are.
    private static Verdict forked(NodeEvidence evidence, Head head, NodeEvidence.@Nullable Silence silence) {
        ForkMemory forkMemory = evidence.forkMemory();
        String words = forkMemory == null ? "" : forkMemory.words();
        return new Verdict.Forked(head, silence == null ? words : words + ", and is silent now: " + silence.cause());
    }

    private Verdict byLag(Head head, SelfReport selfReport, Lag lag) {
        Optional<String> late = late(lag);
        if (late.isEmpty()) return new Verdict.Ready(head, lag);
        if (selfReport.saysSyncing()) return new Verdict.Syncing(head, lag);
        return new Verdict.Lagging(head, lag, selfReport.peers() == 0 ? late.get() + ", without peers" : late.get());
    }

    /// How old a head is says nothing here: all heads of a chain that rested are old, and clocks may be odd.
    private Optional<String> late(Lag lag) {
        if (lag.blocks() > tolerance.blocks()) {
            return Optional.of("%d blocks behind, %d are tolerated".formatted(lag.blocks(), tolerance.blocks()));
        }
        if (lag.time().compareTo(tolerance.time()) > 0) {
            return Optional.of("behind for %d s, %d s are tolerated"
                    .formatted(lag.time().toSeconds(), tolerance.time().toSeconds()));
        }
        return Optional.empty();
    }
}
