package dev.fairlead.control.operate;

import java.net.URI;
import java.util.Locale;

/// When two URLs mean the same node: same scheme, host, port (the default one or said), path and query. Holds secrets.
final class UrlIdentity {
    private UrlIdentity() {}

    static boolean same(URI one, URI other) {
        return of(one).equals(of(other));
    }

    private static String of(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (host.endsWith(".")) host = host.substring(0, host.length() - 1);
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return scheme + "://" + host + ":" + port + path + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    }
}
