package dev.fairlead.core.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which methods are declared open and closed in one place: for all, for one chain, or for one tenant.
///
/// @param preset null when none is named here
public record MethodPolicy(@Nullable Preset preset, List<MethodPattern> allow, List<MethodPattern> deny) {
    public static final MethodPolicy NONE = new MethodPolicy(null, List.of(), List.of());

    public MethodPolicy {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    boolean isNone() {
        return equals(NONE);
    }
}
