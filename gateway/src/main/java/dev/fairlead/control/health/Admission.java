package dev.fairlead.control.health;

import dev.fairlead.core.fleet.Chain;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Learns which chain the nodes are of. What is declared, or was learned once, stands for as long as the process
/// lives, so that a majority that is pointed elsewhere cannot take the chain with it.
final class Admission {
    private Admission() {}

    static Identity learn(Identity known, Chain chain, Collection<Dossier> dossiers) {
        long id = known.chainId() != 0
                ? known.chainId()
                : learn(chain, dossiers, Admission::chainId).orElse(0L);
        if (id == 0) return known;
        Function<Dossier, Optional<String>> genesis = dossier -> genesis(dossier, id);
        String block =
                known.genesis().isEmpty() ? learn(chain, dossiers, genesis).orElse("") : known.genesis();
        return new Identity(id, block);
    }

    private static Optional<Long> chainId(Dossier dossier) {
        var seen = dossier.seen();
        return seen == null || seen.identity().chainId() == 0
                ? Optional.empty()
                : Optional.of(seen.identity().chainId());
    }

    private static Optional<String> genesis(Dossier dossier, long id) {
        var seen = dossier.seen();
        if (seen == null || seen.identity().chainId() != id) return Optional.empty();
        String genesis = seen.identity().genesis();
        return genesis.isEmpty() ? Optional.empty() : Optional.of(genesis);
    }

    /// The first leader that tells decides; leaders that were not asked yet are waited for. Then most of the weight,
    /// and once everyone was asked the greatest part of it, the first declared among equals.
    private static <T> Optional<T> learn(
            Chain chain, Collection<Dossier> dossiers, Function<Dossier, Optional<T>> tells) {
        for (Dossier leader : leaders(chain, dossiers)) {
            Optional<T> told = tells.apply(leader);
            if (told.isPresent() || !leader.probed()) return told;
        }
        return most(dossiers, tells);
    }

    private static List<Dossier> leaders(Chain chain, Collection<Dossier> dossiers) {
        return chain.leaders().stream()
                .flatMap(name ->
                        dossiers.stream().filter(dossier -> dossier.id().name().equals(name)))
                .toList();
    }

    private static <T> Optional<T> most(Collection<Dossier> dossiers, Function<Dossier, Optional<T>> tells) {
        Map<T, Long> votes = new LinkedHashMap<>();
        long all = 0;
        boolean everyone = true;
        for (Dossier dossier : dossiers) {
            all += dossier.node().weight();
            everyone &= dossier.probed();
            tells.apply(dossier)
                    .ifPresent(told -> votes.merge(told, (long) dossier.node().weight(), Long::sum));
        }
        Optional<Map.Entry<T, Long>> best = Optional.empty();
        for (var vote : votes.entrySet()) {
            if (best.isEmpty() || vote.getValue() > best.get().getValue()) best = Optional.of(vote);
        }
        boolean decided = everyone || (best.isPresent() && best.get().getValue() * 2 > all);
        return decided ? best.map(Map.Entry::getKey) : Optional.empty();
    }
}
