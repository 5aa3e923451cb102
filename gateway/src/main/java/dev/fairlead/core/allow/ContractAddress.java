package dev.fairlead.core.allow;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The address of an account, of a contract mostly. Upper and lower case are the same.
///
/// @param hex 40 digits in small letters
public record ContractAddress(String hex) {
    /// As a regular expression.
    public static final String FORM = "0[xX][0-9a-fA-F]{40}";

    private static final int DIGITS = 40;

    /// @return null when the text is no address
    public static @Nullable ContractAddress parse(String text) {
        boolean hasPrefix = text.length() == DIGITS + 2 && text.charAt(0) == '0' && (text.charAt(1) | 0x20) == 'x';
        return hasPrefix ? parseBare(text.substring(2)) : null;
    }

    /// Without `0x` before it, as some nodes take it.
    static @Nullable ContractAddress parseBare(String digits) {
        if (digits.length() != DIGITS) return null;
        for (int i = 0; i < DIGITS; i++) {
            char c = digits.charAt(i);
            int letter = c | 0x20;
            if ((c < '0' || c > '9') && (letter < 'a' || letter > 'f')) return null;
        }
        return new ContractAddress(digits.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return "0x" + hex;
    }
}
