package dev.fairlead.control.operate;

import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.url.NameRule;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which keys may be brought along: such as can stand in a path, lead nowhere else there, and are not easily guessed.
final class BroughtKey {
    private static final Pattern FORM = Pattern.compile(ApiKey.FORM);
    private static final Pattern NUMBER = Pattern.compile(NameRule.NUMBER);

    private BroughtKey() {}

    /// What was expected instead of it, or null for a good one; never with the key.
    static @Nullable String objection(String key, MergedDeclarations merged) {
        if (!FORM.matcher(key).matches()) {
            return "expected 16 to 128 letters, digits, dashes and underscores, found something else";
        }
        if (key.chars().distinct().count() < ApiKey.LEAST_DIFFERENT) {
            return "expected a random key, found fewer than " + ApiKey.LEAST_DIFFERENT + " different characters";
        }
        if (NUMBER.matcher(key).matches()) {
            return "expected a key that is no number, because a number in a path is the id of a chain";
        }
        if (merged.chain(key).isPresent()) {
            return "expected a key that is no chain's name, found one";
        }
        return null;
    }
}
