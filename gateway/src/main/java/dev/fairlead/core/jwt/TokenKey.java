package dev.fairlead.core.jwt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A public key by which a tenant's tokens are checked.
///
/// @param id `kid` of the tokens that it signs; null for tokens with any or none
public record TokenKey(@Nullable String id, TokenAlgorithm algorithm, PublicKey key) {
    private static final String PREFIX = "jwt:";
    private static final String ANY = PREFIX + "*";
    private static final int LONGEST = 64;
    private static final int HASH_DIGITS = 8;

    /// Which aliases keys of tokens have; no API key has one of them.
    public static final String ALIAS_FORM = PREFIX + "[!-~]{0," + LONGEST + "}";

    /// Whether a token with that `kid` may be signed by it.
    boolean isFor(@Nullable String kid) {
        return id == null || kid == null || id.equals(kid);
    }

    /// How logs and counts name the calls of its tokens: by its `kid`, as far as that is short and of visible
    /// ASCII characters. Of another one it has the beginning, with `_` for what is not, and a hash of all.
    public String alias() {
        if (id == null) return ANY;
        return PREFIX + (isPlain(id) ? id : plain(id));
    }

    private static boolean isPlain(String kid) {
        if (kid.length() > LONGEST) return false;
        for (int i = 0; i < kid.length(); i++) if (!isVisible(kid.charAt(i))) return false;
        return true;
    }

    private static boolean isVisible(char c) {
        return c > ' ' && c <= '~';
    }

    private static String plain(String kid) {
        var text = new StringBuilder(LONGEST);
        int kept = Math.min(kid.length(), LONGEST - HASH_DIGITS - 1);
        for (int i = 0; i < kept; i++) text.append(isVisible(kid.charAt(i)) ? kid.charAt(i) : '_');
        return text.append('~').append(hash(kid)).toString();
    }

    private static String hash(String kid) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(kid.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_DIGITS / 2);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("expected SHA-256, which every JDK has", impossible);
        }
    }
}
