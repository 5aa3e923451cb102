package dev.fairlead.data.rpc;

import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Which chain a path means.
public sealed interface ChainOfPath {
    record Found(String chain) implements ChainOfPath {}

    record None(Refused refused) implements ChainOfPath {}

    int NAMED = 20;

    /// @param segment chain name, or a decimal EIP-155 id that one chain has, or empty for the sole chain
    static ChainOfPath of(Fleet fleet, String segment) {
        if (fleet.chains().isEmpty()) {
            return none(
                    Refusal.NO_NODE, "No node is registered yet; add one: fairlead nodes add http://127.0.0.1:8545");
        }
        if (segment.isEmpty()) {
            if (fleet.chains().size() == 1) {
                return new Found(fleet.chains().keySet().iterator().next());
            }
            return none(Refusal.NO_SUCH_CHAIN, "Several chains are served here; name one: POST to " + paths(fleet));
        }
        if (fleet.chain(segment) != null) return new Found(segment);
        List<String> named = fleet.chains().values().stream()
                .filter(chain -> chain.learnedId() > 0 && segment.equals(Long.toString(chain.learnedId())))
                .map(chain -> chain.chain().name())
                .toList();
        return switch (named.size()) {
            case 0 ->
                none(Refusal.NO_SUCH_CHAIN, "No chain of that name or id is served here; POST to " + paths(fleet));
            case 1 -> new Found(named.getFirst());
            default ->
                none(Refusal.NO_SUCH_CHAIN, "Several chains here have that id; name one: POST to " + paths(named));
        };
    }

    /// Of a path that leads nowhere.
    static None nothing(Fleet fleet) {
        return new None(new Refused(Refusal.NO_SUCH_CHAIN, "Nothing is served on this path; POST to " + paths(fleet)));
    }

    /// The paths that exist; if they are very many, the first ones.
    static String paths(Fleet fleet) {
        return paths(fleet.chains().keySet());
    }

    private static String paths(Collection<String> chains) {
        String some = chains.stream().limit(NAMED).map(name -> "/" + name).collect(Collectors.joining(", "));
        int more = chains.size() - NAMED;
        return more > 0 ? some + " and " + more + " more" : some;
    }

    private static ChainOfPath none(Refusal why, String detail) {
        return new None(new Refused(why, detail));
    }
}
