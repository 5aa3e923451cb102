package dev.fairlead.control.operate;

import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.url.NameRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which chain a new node belongs to: the one that is named, or the only one, or `default` where there is none yet.
sealed interface OrderedChain {
    String DEFAULT = "default";

    record Named(String chain) implements OrderedChain {}

    record None(String reason) implements OrderedChain {}

    static OrderedChain of(@Nullable String said, MergedDeclarations merged) {
        if (said != null) {
            String fault = NameRule.CHAIN.objection(said);
            return fault == null ? new Named(said) : new None("chain: " + fault);
        }
        List<String> names = merged.chains().stream()
                .map(ChainPlan::chain)
                .map(chain -> chain.name())
                .toList();
        return switch (names.size()) {
            case 0 -> new Named(DEFAULT);
            case 1 -> new Named(names.getFirst());
            default -> new None("chain: there are several chains, found none named: " + String.join(", ", names));
        };
    }
}
