package dev.fairlead.control.operate;

import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.text.KeyPlaces;
import java.util.List;

/// What the configuration file and the command line declare.
///
/// @param policy who may call what
/// @param onlyLoopback whether clients can reach this gateway from its own machine alone
/// @param places where its keys stand
public record FileDeclarations(List<ChainPlan> chains, PolicyPlan policy, boolean onlyLoopback, KeyPlaces places) {
    public static final FileDeclarations NOTHING = of(List.of());

    public FileDeclarations {
        chains = List.copyOf(chains);
    }

    /// Of which it is not known where it stands.
    public FileDeclarations(List<ChainPlan> chains, PolicyPlan policy, boolean onlyLoopback) {
        this(chains, policy, onlyLoopback, KeyPlaces.NONE);
    }

    /// Of a gateway that nobody else can reach, with no more said of its callers.
    public static FileDeclarations of(List<ChainPlan> chains) {
        return new FileDeclarations(chains, PolicyPlan.NONE, true);
    }
}
