package dev.fairlead.core.jwt;

import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.allow.ContractAddress;
import dev.fairlead.core.allow.OriginPattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a token says, before it is known whether it holds.
///
/// @param lists what it allows: `methods`, `addresses`, `origins`, `user_agents`
record TokenClaims(
        List<String> audiences,
        @Nullable String issuer,
        @Nullable String subject,
        @Nullable Instant expiry,
        @Nullable Instant notBefore,
        @Nullable Instant issuedAt,
        AllowLists lists) {
    private static final Set<String> LISTS = Set.of("methods", "addresses", "origins", "user_agents");
    private static final Pattern NEARLY_LISTS =
            Pattern.compile("methods?|address(es)?|origins?|(user)?agents?", Pattern.CASE_INSENSITIVE);

    private static final int MOST_AUDIENCES = 8;
    private static final int LONGEST_SUBJECT = 256;
    /// 9999-12-31, in seconds.
    private static final double LATEST = 253_402_300_799.0;

    /// A claim that is not of the form that it must have.
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        final TokenFault fault;

        Unfit(TokenFault fault) {
            super(fault.word(), null, false, false);
            this.fault = fault;
        }
    }

    static TokenClaims of(Map<String, @Nullable Object> json) throws Unfit {
        for (var claim : json.entrySet()) {
            if (isMisspelled(claim.getKey(), claim.getValue())) throw new Unfit(TokenFault.MISSPELLED_CLAIM);
        }
        List<String> audiences = audiences(json.get("aud"));
        String subject = text(json.get("sub"));
        boolean tooMuch = audiences.size() > MOST_AUDIENCES || (subject != null && subject.length() > LONGEST_SUBJECT);
        if (tooMuch) throw new Unfit(TokenFault.MALFORMED_CLAIM);
        return new TokenClaims(
                audiences,
                text(json.get("iss")),
                subject,
                time(json.get("exp")),
                time(json.get("nbf")),
                time(json.get("iat")),
                lists(json));
    }

    private static AllowLists lists(Map<String, @Nullable Object> json) throws Unfit {
        var addresses = new HashSet<ContractAddress>();
        for (String said : allowed(json, "addresses")) {
            ContractAddress address = ContractAddress.parse(said);
            if (address == null) throw new Unfit(TokenFault.MALFORMED_CLAIM);
            addresses.add(address);
        }
        var origins = new ArrayList<OriginPattern>();
        for (String said : allowed(json, "origins")) {
            if (!(OriginPattern.parse(said) instanceof OriginPattern.Parsed.Good(var pattern)))
                throw new Unfit(TokenFault.MALFORMED_CLAIM);
            origins.add(pattern);
        }
        return new AllowLists(allowed(json, "methods"), addresses, origins, allowed(json, "user_agents"));
    }

    /// Whether a name is nearly that of a list: in other letters, without its plural or its `_`. Such a token was meant
    /// to be narrower. A postal address, as OpenID Connect has it, is an object.
    private static boolean isMisspelled(String name, @Nullable Object json) {
        if (LISTS.contains(name) || json instanceof Map<?, ?>) return false;
        return NEARLY_LISTS.matcher(name.replaceAll("[^A-Za-z0-9]", "")).matches();
    }

    /// A list that is there says something: an empty one, `null` or a text is no list of what is allowed.
    private static List<String> allowed(Map<String, @Nullable Object> json, String name) throws Unfit {
        if (!json.containsKey(name)) return List.of();
        if (!(json.get(name) instanceof List<?> said) || said.isEmpty()) throw new Unfit(TokenFault.MALFORMED_CLAIM);
        return texts(said);
    }

    /// One or several.
    private static List<String> audiences(@Nullable Object json) throws Unfit {
        if (json == null) return List.of();
        if (json instanceof String text) return List.of(text);
        if (!(json instanceof List<?> list)) throw new Unfit(TokenFault.MALFORMED_CLAIM);
        return texts(list);
    }

    private static List<String> texts(List<?> list) throws Unfit {
        var texts = new ArrayList<String>(list.size());
        for (Object each : list) {
            if (!(each instanceof String text)) throw new Unfit(TokenFault.MALFORMED_CLAIM);
            texts.add(text);
        }
        return texts;
    }

    private static @Nullable String text(@Nullable Object json) throws Unfit {
        if (json == null || json instanceof String) return (String) json;
        throw new Unfit(TokenFault.MALFORMED_CLAIM);
    }

    private static @Nullable Instant time(@Nullable Object json) throws Unfit {
        if (json == null) return null;
        if (!(json instanceof Number number)) throw new Unfit(TokenFault.MALFORMED_CLAIM);
        double seconds = number.doubleValue();
        if (!(seconds >= 0 && seconds <= LATEST)) throw new Unfit(TokenFault.MALFORMED_CLAIM);
        return Instant.ofEpochMilli((long) (seconds * 1_000));
    }
}
