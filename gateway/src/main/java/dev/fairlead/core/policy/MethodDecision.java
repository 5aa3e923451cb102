package dev.fairlead.core.policy;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Whether one caller may call one method on one chain.
public sealed interface MethodDecision {
    /// What decided.
    MethodRule rule();

    /// @param group where a route sends it; null where the groups' own methods decide
    record Open(MethodRule rule, @Nullable String group) implements MethodDecision {
        /// @param places where a key of the configuration stands; empty when it stands nowhere
        public String because(UnaryOperator<String> places) {
            return "open by " + rule.at(places);
        }
    }

    /// @param isDenied whether a pattern says so, and not only that none opens it
    record Closed(MethodRule rule, boolean isDenied) implements MethodDecision {
        /// For operators: what decided, where that stands, and what opens the method.
        ///
        /// @param places where a key of the configuration stands; empty when it stands nowhere
        /// @param opener what opens a method of that name to the caller
        public String because(String method, UnaryOperator<String> places, UnaryOperator<String> opener) {
            String by = "closed by " + rule.at(places);
            return isDenied ? by : by + "; " + opener(method, opener);
        }

        /// The name is the caller's, and may be anything.
        private static String opener(String method, UnaryOperator<String> opener) {
            if (!MethodPattern.isName(method)) return "no pattern can name such a method";
            return opener.apply(method);
        }
    }
}
