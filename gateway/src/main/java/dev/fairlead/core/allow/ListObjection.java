package dev.fairlead.core.allow;

import java.util.function.UnaryOperator;

/// What one list has against a caller or its call.
///
/// @param key of the list, as a tenant has it; as the claim of a token where it is one's
/// @param isOfToken whether it stands in the caller's token, and not in the configuration
/// @param text for the caller
public record ListObjection(String key, boolean isOfToken, String text) {
    ListObjection(String key, String text) {
        this(key, false, text);
    }

    public ListObjection ofToken() {
        return new ListObjection(key.equals("agents") ? "user_agents" : key, true, text);
    }

    /// For operators: what decided, and where it stands.
    ///
    /// @param places where a key of the configuration stands; empty when it stands nowhere
    public String because(String tenant, UnaryOperator<String> places) {
        if (isOfToken) return text + "; by the claim " + key + " of its token";
        String full = "tenants." + tenant + "." + key;
        String place = places.apply(full);
        return text + "; by " + full + (place.isEmpty() ? "" : " (" + place + ")");
    }
}
