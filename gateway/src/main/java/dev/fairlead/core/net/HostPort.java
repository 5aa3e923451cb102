package dev.fairlead.core.net;

import dev.fairlead.core.secret.MaskedUrl;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a URL leads, and all that is ever shown of it.
///
/// @param host without the brackets of an IPv6 address
public record HostPort(String host, int port, boolean secure) {
    /// Container networks have names with underscores, which [URI] takes for no host at all.
    private static final Pattern AUTHORITY = Pattern.compile("(?:.*@)?(\\[[^]]*]|[^:]*)(?::(\\d+))?");

    public static HostPort of(URI url) {
        boolean secure = "https".equals(url.getScheme()) || "wss".equals(url.getScheme());
        Matcher authority = AUTHORITY.matcher(String.valueOf(url.getRawAuthority()));
        if (!authority.matches()) return new HostPort("", 0, secure);
        String host = authority.group(1);
        if (host.startsWith("[")) host = host.substring(1, host.length() - 1);
        String port = authority.group(2);
        return new HostPort(host, port == null ? (secure ? 443 : 80) : Integer.parseInt(port), secure);
    }

    /// As the `Host` header has it: without the scheme's default port.
    public String authority() {
        return port == (secure ? 443 : 80) ? bracketed() : bracketed() + ":" + port;
    }

    private String bracketed() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    /// The host as people may see it.
    String shownHost() {
        return MaskedUrl.host(host);
    }

    @Override
    public String toString() {
        return MaskedUrl.host(bracketed()) + ":" + port;
    }
}
