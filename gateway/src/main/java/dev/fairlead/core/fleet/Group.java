package dev.fairlead.core.fleet;

import java.util.List;
import java.util.Locale;

/// A named, ordered set of nodes of one chain with a selection rule.
///
/// @param nodes names of its nodes, in order; empty means every node of the chain that is not a leader
/// @param methods which methods it answers: names, or prefixes that end in `*`; empty is all that no other group claims
/// @param bounds for calls that go to it, before those of its chain
public record Group(String name, List<String> nodes, Strategy strategy, List<String> methods, CallBounds bounds) {
    public static final String DEFAULT_NAME = "default";
    public static final Group DEFAULT = new Group(DEFAULT_NAME, List.of(), Strategy.LATENCY, List.of());

    public Group(String name, List<String> nodes, Strategy strategy, List<String> methods) {
        this(name, nodes, strategy, methods, CallBounds.NONE);
    }

    public enum Strategy {
        /// First in the list while it can serve.
        ORDERED,
        ROUND_ROBIN,
        /// At random, in proportion to the weights.
        WEIGHTED,
        LEAST_IN_FLIGHT,
        /// The faster of two picked at random, by peak EWMA of latency times load.
        LATENCY;

        /// As configurations spell it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
