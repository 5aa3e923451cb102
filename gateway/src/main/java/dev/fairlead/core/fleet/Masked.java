package dev.fairlead.core.fleet;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Shows a URL without the secrets that providers put into them: user info, query values, and any path segment
/// that is long or random enough to be a key.
public final class Masked {
    private static final Pattern KEYLIKE = Pattern.compile("(?=.*[0-9])[A-Za-z0-9_-]{12,}|[A-Za-z0-9_-]{20,}");

    private Masked() {}

    public static String url(URI url) {
        var shown = new StringBuilder().append(url.getScheme()).append("://");
        if (url.getRawUserInfo() != null) shown.append("***@");
        shown.append(url.getHost());
        if (url.getPort() >= 0) shown.append(':').append(url.getPort());
        shown.append(path(url.getRawPath()));
        if (url.getRawQuery() != null) shown.append("?***");
        return shown.toString();
    }

    private static String path(@Nullable String path) {
        if (path == null || path.isEmpty() || path.equals("/")) return "";
        var shown = new StringBuilder();
        for (String segment : path.substring(1).split("/", -1)) {
            shown.append('/').append(KEYLIKE.matcher(segment).matches() ? "***" : segment);
        }
        return shown.toString();
    }
}
