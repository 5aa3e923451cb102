package dev.fairlead.control.operate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operator says about a tenant's rules, unchecked. Null means not said: a new tenant then has no such
/// rule, and an existing one keeps it.
///
/// @param preset an empty text takes it away
/// @param allow patterns, which replace all that were there
/// @param deny the same
/// @param rate an empty text takes it away, and the burst with it
/// @param burst 0 takes it away
/// @param daily 0 takes it away
public record TenantOrder(
        @Nullable String preset,
        @Nullable List<String> allow,
        @Nullable List<String> deny,
        @Nullable String rate,
        @Nullable Long burst,
        @Nullable Long daily) {
    public static final TenantOrder NO_RULES = new TenantOrder(null, null, null, null, null, null);
}
