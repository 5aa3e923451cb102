package dev.fairlead.core.policy;

import java.util.List;

/// What is declared for all chains and tenants.
///
/// @param limits ready-made ones, by their names
public record GeneralPolicy(CallerPolicy callers, List<LimitPreset> limits, Credits credits) {
    public static final GeneralPolicy NONE = new GeneralPolicy(CallerPolicy.NONE, List.of(), Credits.ONE_EACH);

    public GeneralPolicy {
        limits = List.copyOf(limits);
    }
}
