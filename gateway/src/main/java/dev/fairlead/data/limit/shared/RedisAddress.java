package dev.fairlead.data.limit.shared;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where Redis is: `redis://user:password@host:port/database`, `rediss://` over TLS.
///
/// @param database its number
public record RedisAddress(
        boolean isTls,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        int database) {
    /// Of the URL, for the configuration's schema.
    public static final String FORM = "rediss?://[^\\s#?]+";

    private static final int USUAL_PORT = 6379;
    private static final Pattern DATABASE = Pattern.compile("/?|/[0-9]{1,4}");

    /// @return null where it is none
    public static @Nullable RedisAddress parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException _) {
            return null;
        }
        boolean isTls = "rediss".equals(uri.getScheme());
        if (!isTls && !"redis".equals(uri.getScheme())) return null;
        String path = Objects.requireNonNullElse(uri.getPath(), "");
        if (uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) return null;
        if (!DATABASE.matcher(path).matches() || uri.getPort() > 65_535) return null;
        String login = uri.getUserInfo();
        int colon = login == null ? -1 : login.indexOf(':');
        String user = login == null || colon == 0 ? null : colon < 0 ? login : login.substring(0, colon);
        return new RedisAddress(
                isTls,
                uri.getHost(),
                uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                user,
                login == null || colon < 0 ? null : login.substring(colon + 1),
                path.length() < 2 ? 0 : Integer.parseInt(path.substring(1)));
    }

    @Override
    public String toString() {
        return (isTls ? "rediss://" : "redis://") + (password == null ? "" : "***@") + host + ":" + port;
    }
}
