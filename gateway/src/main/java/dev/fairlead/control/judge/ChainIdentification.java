package dev.fairlead.control.judge;

import dev.fairlead.control.probe.Identity;
import dev.fairlead.core.fleet.Chain;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Learns which chain the nodes are of. What is declared, or was learned once, stands for as long as the process
/// lives, so that a majority that is pointed elsewhere cannot take the chain with it.
final class ChainIdentification {
    private ChainIdentification() {}

    static Identity learn(Identity known, Chain chain, Collection<NodeEvidence> allEvidence) {
        if (known.chainId() != 0 && !known.genesis().isEmpty()) return known;
        var leaders = leaders(chain, allEvidence);
        long id = known.chainId() != 0 ? known.chainId() : chainId(leaders, allEvidence);
        if (id == 0) return known;
        String genesis = known.genesis().isEmpty() ? genesis(id, leaders, allEvidence) : known.genesis();
        return new Identity(id, genesis);
    }

    /// The first leader that tells decides; leaders that were not asked yet are waited for. Then most of the nodes.
    private static long chainId(List<NodeEvidence> leaders, Collection<NodeEvidence> allEvidence) {
        for (NodeEvidence leader : leaders) {
            Optional<Long> told = chainId(leader);
            if (told.isPresent() || !leader.probed()) return told.orElse(0L);
        }
        return most(allEvidence, ChainIdentification::chainId).orElse(0L);
    }

    /// Most of all decide; a leader only among equals.
    private static String genesis(long id, List<NodeEvidence> leaders, Collection<NodeEvidence> allEvidence) {
        var leadersFirst = new LinkedHashSet<>(leaders);
        leadersFirst.addAll(allEvidence);
        return most(leadersFirst, evidence -> genesis(evidence, id)).orElse("");
    }

    private static Optional<Long> chainId(NodeEvidence evidence) {
        var seen = evidence.seen();
        return seen == null || seen.identity().chainId() == 0
                ? Optional.empty()
                : Optional.of(seen.identity().chainId());
    }

    private static Optional<String> genesis(NodeEvidence evidence, long id) {
        var seen = evidence.seen();
        if (seen == null || seen.identity().chainId() != id) return Optional.empty();
        String genesis = seen.identity().genesis();
        return genesis.isEmpty() ? Optional.empty() : Optional.of(genesis);
    }

    private static List<NodeEvidence> leaders(Chain chain, Collection<NodeEvidence> allEvidence) {
        return chain.leaders().stream()
                .flatMap(name -> allEvidence.stream()
                        .filter(evidence -> evidence.id().name().equals(name)))
                .toList();
    }

    /// What most of the weight says, and once everyone was asked the greatest part of it, the first among equals.
    private static <T> Optional<T> most(
            Collection<NodeEvidence> allEvidence, Function<NodeEvidence, Optional<T>> tells) {
        Map<T, Long> votes = new LinkedHashMap<>();
        long all = 0;
        boolean everyone = true;
        for (NodeEvidence evidence : allEvidence) {
            all += evidence.node().weight();
            everyone &= evidence.probed();
            tells.apply(evidence)
                    .ifPresent(told -> votes.merge(told, (long) evidence.node().weight(), Long::sum));
        }
        Optional<Map.Entry<T, Long>> best = Optional.empty();
        for (var vote : votes.entrySet()) {
            if (best.isEmpty() || vote.getValue() > best.get().getValue()) best = Optional.of(vote);
        }
        boolean decided = everyone || (best.isPresent() && best.get().getValue() * 2 > all);
        return decided ? best.map(Map.Entry::getKey) : Optional.empty();
    }
}
