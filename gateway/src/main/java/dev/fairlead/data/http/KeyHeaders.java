package dev.fairlead.data.http;

import dev.fairlead.data.access.PresentedKey;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The key in a request's headers: `X-API-Key`, `Authorization: Bearer`, which may be a token, or `Authorization:
/// Basic` with an empty user.
/// Other schemes, and users with a name, are for somebody else: a proxy in front, or the page itself.
final class KeyHeaders {
    private static final AsciiString API_KEY = AsciiString.cached("x-api-key");
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final int LONGEST_BASIC = 6_000;

    private KeyHeaders() {}

    static PresentedKey of(HttpHeaders headers) {
        PresentedKey key = PresentedKey.NONE;
        for (String value : headers.getAll(API_KEY)) key = PresentedKey.both(key, PresentedKey.of(value.strip()));
        for (String value : headers.getAll(HttpHeaderNames.AUTHORIZATION))
            key = PresentedKey.both(key, authorized(value.strip()));
        return key;
    }

    private static PresentedKey authorized(String value) {
        if (begins(value, BEARER))
            return PresentedKey.ofBearer(value.substring(BEARER.length()).strip());
        if (begins(value, BASIC))
            return password(value.substring(BASIC.length()).strip());
        return PresentedKey.NONE;
    }

    private static boolean begins(String value, String scheme) {
        return value.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static PresentedKey password(String encoded) {
        if (encoded.length() > LONGEST_BASIC) return PresentedKey.UNFIT;
        try {
            String userAndPassword = new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
            return userAndPassword.startsWith(":") ? PresentedKey.of(userAndPassword.substring(1)) : PresentedKey.NONE;
        } catch (IllegalArgumentException _) {
            return PresentedKey.UNFIT;
        }
    }
}
