package dev.fairlead.data.access;

import dev.fairlead.core.policy.ApiKey;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request brings as its caller's key, in its path and its headers together.
public sealed interface PresentedKey {
    PresentedKey NONE = new None();
    PresentedKey UNFIT = new Unfit();
    PresentedKey MISPLACED = new Misplaced();

    /// What begins a token: `{` and a letter or space, in base64url; then two more parts.
    Pattern TOKEN = Pattern.compile("(?i:bearer\\s+)?e[A-Za-z0-9_-]{15,}\\.[A-Za-z0-9_-]{2,}\\.[A-Za-z0-9_-]*");

    record None() implements PresentedKey {}

    /// @param text has the form of a key; never shown
    record One(String text) implements PresentedKey {
        @Override
        public String toString() {
            return "One[***]";
        }
    }

    /// A JSON Web Token.
    ///
    /// @param text has a dot, which no key has; never shown
    record Token(String text) implements PresentedKey {
        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    record KeyAndToken(One key, Token token) implements PresentedKey {}

    /// Something that no key can look like, where a key is expected.
    record Unfit() implements PresentedKey {}

    /// A token where keys stand.
    record Misplaced() implements PresentedKey {}

    /// Several that differ.
    record Several() implements PresentedKey {}

    /// @param text empty for none
    static PresentedKey of(String text) {
        if (text.isEmpty()) return NONE;
        if (ApiKey.hasForm(text)) return new One(text);
        return looksLikeToken(text) ? MISPLACED : UNFIT;
    }

    /// Whether it was meant for a token, good or not.
    static boolean looksLikeToken(String text) {
        return text.indexOf('.') > 0 && TOKEN.matcher(text).matches();
    }

    /// What stands behind `Bearer`: with a dot it is no key, but may be a token.
    static PresentedKey ofBearer(String text) {
        return text.indexOf('.') < 0 ? of(text) : new Token(text);
    }

    /// What both say together.
    static PresentedKey both(PresentedKey one, PresentedKey other) {
        if (one instanceof None || one.equals(other)) return other;
        if (other instanceof None) return one;
        if (one instanceof Misplaced || other instanceof Misplaced) return MISPLACED;
        One key = key(one) == null ? key(other) : key(one);
        Token token = token(one) == null ? token(other) : token(one);
        if (key == null || token == null) return new Several();
        var together = new KeyAndToken(key, token);
        return isPart(one, together) && isPart(other, together) ? together : new Several();
    }

    private static boolean isPart(PresentedKey part, KeyAndToken together) {
        return part.equals(together) || part.equals(together.key()) || part.equals(together.token());
    }

    private static @Nullable One key(PresentedKey presented) {
        return switch (presented) {
            case One one -> one;
            case KeyAndToken(var one, var _) -> one;
            case None _, Token _, Unfit _, Misplaced _, Several _ -> null;
        };
    }

    private static @Nullable Token token(PresentedKey presented) {
        return switch (presented) {
            case Token token -> token;
            case KeyAndToken(var _, var token) -> token;
            case None _, One _, Unfit _, Misplaced _, Several _ -> null;
        };
    }
}
