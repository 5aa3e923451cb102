package dev.fairlead.core.jwt;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A token as it was brought, read but not checked.
sealed interface BearerToken {
    /// @param kid or null
    record Read(
            JWSObject token,
            TokenAlgorithm algorithm,
            @Nullable String kid,
            TokenClaims claims) implements BearerToken {}

    record Unfit(TokenFault fault) implements BearerToken {}

    /// More than any list of what is allowed needs.
    int LONGEST = 4_096;

    Set<String> NOT_FOR_US = Set.of("jwk", "jku", "x5u", "x5c", "crit", "b64");

    static BearerToken of(String text) {
        if (text.length() > LONGEST) return new Unfit(TokenFault.TOO_LONG);
        if (!hasForm(text)) return new Unfit(TokenFault.MALFORMED);
        try {
            if (bringsItsKey(header(text))) return new Unfit(TokenFault.HEADER);
            return read(JWSObject.parse(text));
        } catch (TokenClaims.Unfit unfit) {
            return new Unfit(unfit.fault);
        } catch (ParseException | RuntimeException _) { // whatever the library meets, it is no token
            return new Unfit(isOfNoAlgorithm(text) ? TokenFault.ALGORITHM : TokenFault.MALFORMED);
        }
    }

    private static BearerToken read(JWSObject token) throws TokenClaims.Unfit {
        JWSHeader header = token.getHeader();
        TokenAlgorithm algorithm = TokenAlgorithm.named(header.getAlgorithm());
        if (algorithm == null) return new Unfit(TokenFault.ALGORITHM);
        Map<String, @Nullable Object> json = token.getPayload().toJSONObject();
        if (json == null) return new Unfit(TokenFault.MALFORMED);
        return new Read(token, algorithm, header.getKeyID(), TokenClaims.of(json));
    }

    /// As it stands in the token: what the library makes of it has lost what it takes for nothing, such as an empty
    /// list.
    private static Map<String, Object> header(String text) throws ParseException {
        byte[] json = Base64.getUrlDecoder().decode(text.substring(0, text.indexOf('.')));
        return JSONObjectUtils.parse(new String(json, StandardCharsets.UTF_8));
    }

    /// Nothing of that is ever followed; a token that has it was not made for us, whatever stands there. `crit` names
    /// what must be understood.
    private static boolean bringsItsKey(Map<String, Object> header) {
        return !Collections.disjoint(header.keySet(), NOT_FOR_US);
    }

    /// Three parts of nothing but base64url, and the last one spelled in the only right way: else one signature would
    /// have many spellings.
    private static boolean hasForm(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first <= 0 || second <= first + 1 || text.indexOf('.', second + 1) >= 0) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!letter && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.') return false;
        }
        return isCanonical(text.substring(second + 1));
    }

    private static boolean isCanonical(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// `none` is no signature, and the library does not read it as one.
    private static boolean isOfNoAlgorithm(String text) {
        try {
            String header = new String(
                    Base64.getUrlDecoder().decode(text.substring(0, text.indexOf('.'))), StandardCharsets.UTF_8);
            return header.matches("(?is).*\"alg\"\\s*:\\s*\"none\".*");
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
