package dev.fairlead.data.access;

import dev.fairlead.core.policy.ApiKey;

/// What a request brings as its caller's key, in its path and its headers together.
public sealed interface PresentedKey {
    PresentedKey NONE = new None();
    PresentedKey UNFIT = new Unfit();

    record None() implements PresentedKey {}

    /// @param text has the form of a key; never shown
    record One(String text) implements PresentedKey {
        @Override
        public String toString() {
            return "One[***]";
        }
    }

    /// Something that no key can look like, where a key is expected.
    record Unfit() implements PresentedKey {}

    /// Several that differ.
    record Several() implements PresentedKey {}

    /// @param text empty for none
    static PresentedKey of(String text) {
        if (text.isEmpty()) return NONE;
        return ApiKey.hasForm(text) ? new One(text) : UNFIT;
    }

    /// What both say together.
    static PresentedKey both(PresentedKey one, PresentedKey other) {
        if (one instanceof None || one.equals(other)) return other;
        return other instanceof None ? one : new Several();
    }
}
