package dev.fairlead.control.health;

import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Chain.Tolerance;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns what is known of one node into a verdict by comparing it with the reference.
/// No clock, no I/O, no memory: the same evidence always gets the same verdict.
record Judge(Tolerance tolerance, Probing probing) {
    private static final Duration NEVER_OLD = Duration.ofSeconds(60);

    /// Age from which a head shows that a chain, or a node, stands still.
    static Duration oldHead(Probing probing) {
        Duration many = probing.blockTime().multipliedBy(10);
        return many.compareTo(NEVER_OLD) > 0 ? many : NEVER_OLD;
    }

    /// @param expected what the chain is known to be; a node of another one never serves, whatever else it says
    /// @param standing null while there is no reference
    Verdict judge(Dossier dossier, Identity expected, @Nullable Standing standing, Instant now) {
        Dossier.Silence silence = dossier.silence();
        if (silence != null) return new Verdict.Unreachable(silence.cause(), silence.since());
        Sample.Seen seen = dossier.seen();
        Head head = dossier.head();
        if (seen == null || head == null) return dossier.shown();
        if (!expected.admits(seen.identity())) {
            return new Verdict.WrongChain(
                    expected.against(seen.identity()), seen.identity().foundAgainst(expected));
        }
        if (expected.chainId() == 0) return new Verdict.Unknown("the chain's id is not known yet");
        if (standing == null) return new Verdict.Unknown("nothing to measure it against yet");
        if (standing.objection() != null) return new Verdict.Forked(head, standing.objection());
        return byLag(head, seen.hints(), standing, now);
    }

    private Verdict byLag(Head head, Hints hints, Standing standing, Instant now) {
        Lag lag = standing.lag();
        Optional<String> late = late(head, standing, now);
        if (late.isEmpty()) return new Verdict.Ready(head, lag);
        if (hints.saysSyncing()) return new Verdict.Syncing(head, lag);
        return new Verdict.Lagging(head, lag, hints.peers() == 0 ? late.get() + ", without peers" : late.get());
    }

    private Optional<String> late(Head head, Standing standing, Instant now) {
        Lag lag = standing.lag();
        if (lag.blocks() > tolerance.blocks()) {
            return Optional.of("%d blocks behind, %d are tolerated".formatted(lag.blocks(), tolerance.blocks()));
        }
        if (lag.time().compareTo(tolerance.time()) > 0) {
            return Optional.of("behind for %d s, %d s are tolerated"
                    .formatted(lag.time().toSeconds(), tolerance.time().toSeconds()));
        }
        return oldWhileOthersMoved(head, standing, now);
    }

    /// A node that is one block behind has missed only the reference's newest, which is young: it is not late yet,
    /// however long the chain rested before.
    private Optional<String> oldWhileOthersMoved(Head head, Standing standing, Instant now) {
        if (probing.quiet() || standing.lag().blocks() < 2) return Optional.empty();
        Duration limit = oldHead(probing);
        Duration age = Duration.between(head.timestamp(), now);
        Duration young = Duration.between(standing.reference().timestamp(), now);
        boolean old = age.compareTo(limit) > 0 && young.compareTo(limit) <= 0;
        return old ? Optional.of("head is %d s old".formatted(age.toSeconds())) : Optional.empty();
    }
}
