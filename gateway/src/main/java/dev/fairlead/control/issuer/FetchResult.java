package dev.fairlead.control.issuer;

import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.jwt.KeyReading;
import dev.fairlead.core.jwt.TokenKey;
import dev.fairlead.core.jwt.TokenPlan;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What came of fetching a set of keys once.
public sealed interface FetchResult {
    record Fetched(List<TokenKey> keys) implements FetchResult {}

    /// @param why what was expected, what was found, what to do; shows nothing of what came
    record Failed(String why) implements FetchResult {}

    int LARGEST = 64 * 1024;

    String TOO_LARGE = "expected a JWKS of at most 64 KiB, found more; name the URL of the set alone";

    /// @param response with a byte more than there may be where there are too many
    static FetchResult of(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status >= 300 && status < 400) {
            return new Failed("expected HTTP 200, found " + status
                    + ", which leads elsewhere and is not followed; name the URL that has the set itself");
        }
        if (status != 200) {
            String credentials = status == 401 || status == 403 ? "; see whether it needs a user and a password" : "";
            return new Failed("expected HTTP 200, found " + status + credentials);
        }
        if (response.body().length > LARGEST) return new Failed(TOO_LARGE);
        return switch (KeyReading.jwks(new String(response.body(), StandardCharsets.UTF_8), TokenPlan.MOST_KEYS)) {
            case KeyReading.Keys(var keys, var _) -> new Fetched(keys);
            case KeyReading.Unreadable(var why) -> new Failed(why);
        };
    }

    static Failed broken(@Nullable Throwable failure) {
        return new Failed(
                switch (failure) {
                    case HttpConnectTimeoutException _ -> "no connection in time";
                    case ConnectException _ -> "no connection: nobody listens there, or its name is not known";
                    case SSLException tls -> OneLine.of("TLS failed: " + tls.getMessage());
                    case null, default ->
                        "the connection broke before all of the answer was there, or what came is no HTTP";
                });
    }
}
