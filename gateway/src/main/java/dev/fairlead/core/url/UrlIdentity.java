package dev.fairlead.core.url;

import dev.fairlead.core.fleet.Endpoint;
import java.net.InetAddress;
import java.net.URI;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// When two URLs mean the same node: same scheme, host, port (the default one or a given one), path and query,
/// however they are written. The file, the command line and the admin API all judge by it. Holds secrets.
///
/// @param text equal for equal nodes
public record UrlIdentity(String text) {
    private static final Set<String> HERE =
            Set.of("localhost", "127.0.0.1", "0.0.0.0", "0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:0");

    private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");

    public static UrlIdentity of(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https") || scheme.equals("wss");
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : plain(url.getRawPath());
        String query = url.getRawQuery() == null || url.getRawQuery().isEmpty() ? "" : "?" + plain(url.getRawQuery());
        return new UrlIdentity(scheme + "://" + host(url.getHost()) + ":" + port + path + query);
    }

    /// For a URL that leads to this machine under any name; null for other machines.
    public static @Nullable UrlIdentity ofLoopback(URI url) {
        UrlIdentity identity = of(url);
        String host = host(url.getHost());
        boolean loopback = HERE.contains(host) || host.endsWith(".localhost");
        return loopback ? new UrlIdentity(identity.text.replace("://" + host + ":", "://localhost:")) : null;
    }

    public static boolean same(URI one, URI other) {
        return of(one).equals(of(other));
    }

    /// Of all URLs of a node.
    public static Set<UrlIdentity> of(Endpoint endpoint) {
        return endpoint.ws() == null ? Set.of(of(endpoint.http())) : Set.of(of(endpoint.http()), of(endpoint.ws()));
    }

    /// Whether two declarations lead to one node, and so must not both be there: by any of their URLs.
    public static boolean same(Endpoint one, Endpoint other) {
        return !Collections.disjoint(of(one), of(other));
    }

    private static String host(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[")) return address(name.substring(1, name.length() - 1));
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /// An IPv6 address has many ways to be written.
    private static String address(String literal) {
        try {
            return InetAddress.ofLiteral(literal).getHostAddress();
        } catch (IllegalArgumentException _) {
            return literal;
        }
    }

    /// A character that needs no escape is the same with one (RFC 3986, 6.2.2).
    private static String plain(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> {
            char c = (char) Integer.parseInt(escape.group(1), 16);
            boolean unreserved = (c < 128 && Character.isLetterOrDigit(c)) || "-._~".indexOf(c) >= 0;
            return unreserved ? String.valueOf(c) : escape.group().toUpperCase(Locale.ROOT);
        });
    }

    @Override
    public String toString() {
        return "UrlIdentity[***]";
    }
}
