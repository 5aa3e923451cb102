package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which clients may use the admin API. If a token is set, those that have it; if none is set, programs on
/// this machine, but no web page in a browser on it.
///
/// @param token null lets loopback in without
public record AdminAuthorization(@Nullable String token) {
    /// Addresses, and names that need no name server.
    private static final Pattern LOOPBACK = Pattern.compile(
            "localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[(::1|0:0:0:0:0:0:0:1|::ffff:127\\.0\\.0\\.1)]",
            Pattern.CASE_INSENSITIVE);

    boolean asksForToken() {
        return token != null;
    }

    Optional<Problem> objection(@Nullable String authorization, @Nullable String host, @Nullable String origin) {
        return token == null ? stranger(host, origin) : wrongToken(token, authorization);
    }

    private static Optional<Problem> wrongToken(String token, @Nullable String authorization) {
        String given = authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? ""
                : authorization.substring(7).strip();
        if (same(token, given)) return Optional.empty();
        return Optional.of(Problem.of(
                Kind.UNAUTHORIZED,
                "expected the admin token in Authorization: Bearer …, found "
                        + (authorization == null ? "none" : "another one"),
                "give the token that stands as admin.token in the configuration"));
    }

    /// Compares in a time that does not depend on where the two differ.
    private static boolean same(String token, String given) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Problem> stranger(@Nullable String host, @Nullable String origin) {
        // An attacker can make a name point to 127.0.0.1; that name then arrives here as Host.
        if (host == null || !LOOPBACK.matcher(hostOnly(host)).matches()) {
            return Optional.of(Problem.of(
                    Kind.FORBIDDEN,
                    "expected Host to be localhost, 127.0.0.1 or [::1], found another name",
                    "call it by one of these, or configure admin.token"));
        }
        if (origin == null || isOwn(origin, host)) return Optional.empty();
        return Optional.of(Problem.of(
                Kind.FORBIDDEN,
                "expected no Origin, or this address, found that of another page",
                "call the API from a program, or configure admin.token"));
    }

    private static String hostOnly(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static boolean isOwn(String origin, String host) {
        try {
            var uri = new URI(origin);
            return "http".equalsIgnoreCase(uri.getScheme()) && host.equalsIgnoreCase(uri.getRawAuthority());
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
