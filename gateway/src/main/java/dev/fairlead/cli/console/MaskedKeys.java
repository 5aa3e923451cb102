package dev.fairlead.cli.console;

import dev.fairlead.core.policy.ApiKey;
import java.util.regex.Pattern;

/// Error texts without what may be a key of a client: one that was given by mistake is not repeated, because what
/// stands on a terminal ends up in logs of build servers and in pictures.
public final class MaskedKeys {
    private static final Pattern WORD = Pattern.compile("(?<![A-Za-z0-9_-])" + ApiKey.FORM + "(?![A-Za-z0-9_-])");
    private static final String MASK = "***";

    private MaskedKeys() {}

    public static String in(String text) {
        return WORD.matcher(text).replaceAll(found -> mayBeKey(found.group()) ? MASK : found.group());
    }

    /// Names are words with dashes; addresses and hashes are no secrets.
    private static boolean mayBeKey(String word) {
        if (word.startsWith("0x") || !ApiKey.looksLikeOne(word)) return false;
        boolean digit = word.chars().anyMatch(Character::isDigit);
        boolean upper = word.chars().anyMatch(Character::isUpperCase);
        return digit && (upper || word.indexOf('-') < 0);
    }
}
