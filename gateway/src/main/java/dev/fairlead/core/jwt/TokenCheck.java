package dev.fairlead.core.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.jwt.TokenIssuers.Candidate;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a token holds: what it says of itself first, and its signature, which costs most, last.
///
/// RS256 and ES256 are checked by the library. Its EdDSA needs yet another library (Tink), and so Ed25519 is
/// checked by the JDK's own implementation.
public sealed interface TokenCheck {
    record Good(AccessToken token) implements TokenCheck {}

    /// @param tried by how many keys its signature was checked, which is what costs
    /// @param elsewhere sets of keys that may have the one it is signed by, should they be fetched again
    record Bad(TokenFault fault, int tried, List<KeySetUrl> elsewhere) implements TokenCheck {
        public Bad {
            elsewhere = List.copyOf(elsewhere);
        }

        public Bad(TokenFault fault) {
            this(fault, 0, List.of());
        }
    }

    /// How far clocks may be apart.
    Duration SKEW = Duration.ofSeconds(60);

    int LONGEST_SHOWN = 64;

    /// What is left to be done of a check once a token has been read.
    sealed interface Step {
        /// Nothing: it is no good by what it says.
        record Done(Bad bad) implements Step {}

        /// Its signature is to be checked, which is what costs.
        record Verify(BearerToken.Read read, List<Candidate> candidates, List<KeySetUrl> fetched) implements Step {
            public TokenCheck check() {
                return signed(read, candidates, fetched);
            }
        }
    }

    /// @param only the tenant whose API key came along; null when none did
    static TokenCheck of(String text, TokenIssuers issuers, @Nullable String only, Instant now) {
        return switch (step(text, issuers, only, now)) {
            case Step.Done(var bad) -> bad;
            case Step.Verify verify -> verify.check();
        };
    }

    /// Looks at all but the signature.
    static Step step(String text, TokenIssuers issuers, @Nullable String only, Instant now) {
        return switch (BearerToken.of(text)) {
            case BearerToken.Unfit(var fault) -> new Step.Done(new Bad(fault));
            case BearerToken.Read read -> {
                TokenFault untimely = untimely(read.claims(), now);
                if (untimely != null) yield new Step.Done(new Bad(untimely));
                List<Candidate> candidates = issuers.candidates(read, only);
                if (candidates.size() > TokenIssuers.MOST_TRIED) yield new Step.Done(new Bad(TokenFault.AMBIGUOUS));
                // A key without a `kid` may have been replaced by another one without.
                List<KeySetUrl> fetched = issuers.hasNamed(read, only) ? List.of() : issuers.fetched(read, only);
                yield candidates.isEmpty()
                        ? new Step.Done(new Bad(issuers.unmatched(read, only), 0, fetched))
                        : new Step.Verify(read, candidates, fetched);
            }
        };
    }

    /// What a token says of itself, for operators: which tenants its `aud` and `iss` mean, and its `kid`.
    /// Nothing of it is checked, and all of it may be a stranger's.
    static String whose(String text, TokenIssuers issuers) {
        return switch (BearerToken.of(text)) {
            case BearerToken.Unfit _ -> "that cannot be read";
            case BearerToken.Read read -> {
                String kid = read.kid() == null ? "without kid" : "with kid \"" + shown(read.kid()) + "\"";
                yield "for " + issuers.named(read.claims()) + " " + kid;
            }
        };
    }

    private static String shown(String kid) {
        return OneLine.whole(kid.length() > LONGEST_SHOWN ? kid.substring(0, LONGEST_SHOWN) + "…" : kid);
    }

    private static @Nullable TokenFault untimely(TokenClaims claims, Instant now) {
        if (claims.expiry() == null) return TokenFault.NO_EXPIRY;
        if (!now.isBefore(claims.expiry().plus(SKEW))) return TokenFault.EXPIRED;
        Instant soon = now.plus(SKEW);
        boolean isEarly = (claims.notBefore() != null && claims.notBefore().isAfter(soon))
                || (claims.issuedAt() != null && claims.issuedAt().isAfter(soon));
        return isEarly ? TokenFault.NOT_YET_VALID : null;
    }

    private static TokenCheck signed(BearerToken.Read read, List<Candidate> candidates, List<KeySetUrl> fetched) {
        Map<PublicKey, Boolean> checked = new HashMap<>();
        Candidate signer = null;
        for (Candidate each : candidates) {
            PublicKey key = each.key().key();
            if (!checked.computeIfAbsent(key, _ -> isSigned(read, each.key()))) continue;
            if (signer != null && !signer.tenant().equals(each.tenant())) return new Bad(TokenFault.AMBIGUOUS);
            if (signer == null) signer = each;
        }
        if (signer == null) return new Bad(TokenFault.SIGNATURE, checked.size(), fetched);
        Instant expiry = read.claims().expiry();
        if (expiry == null) return new Bad(TokenFault.NO_EXPIRY);
        return new Good(new AccessToken(
                signer.tenant(),
                signer.key(),
                signer.plan(),
                read.claims().subject(),
                expiry.plus(SKEW),
                read.claims().lists()));
    }

    private static boolean isSigned(BearerToken.Read read, TokenKey key) {
        try {
            return switch (key.algorithm()) {
                case RS256 -> isSigned(read.token(), new RSASSAVerifier((RSAPublicKey) key.key()));
                case ES256 -> isSigned(read.token(), new ECDSAVerifier((ECPublicKey) key.key()));
                case EDDSA -> isSignedByEdwards(read.token(), key.key());
            };
        } catch (JOSEException | GeneralSecurityException | RuntimeException _) { // no form of a signature at all
            return false;
        }
    }

    private static boolean isSigned(JWSObject token, JWSVerifier verifier) throws JOSEException {
        return token.verify(verifier);
    }

    private static boolean isSignedByEdwards(JWSObject token, PublicKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(key);
        signature.update(token.getSigningInput());
        return signature.verify(token.getSignature().decode());
    }
}
