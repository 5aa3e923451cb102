package dev.fairlead.core.policy;

import java.util.List;
import java.util.Map;

/// One chain as its callers see it.
///
/// @param groups names of its groups with the patterns of the methods that each claims
public record ChainAccess(String chain, CallerPolicy policy, Map<String, List<String>> groups) {}
