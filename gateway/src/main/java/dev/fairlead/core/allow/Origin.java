package dev.fairlead.core.allow;

import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The origin of a page, read so that different spellings are the same: letters of any case, and the port that its
/// scheme has anyway.
///
/// @param port 0 where the scheme has none of its own
public record Origin(String scheme, String host, int port) {
    private static final int MOST_PORT = 65_535;
    private static final Pattern HOST = Pattern.compile("([a-z0-9_-]++[.])*+[a-z0-9_-]++[.]?");

    /// @param text as in the header `Origin`
    /// @return null when it is none: `null`, or anything that browsers do not send
    public static @Nullable Origin parse(String text) {
        int end = text.indexOf("://");
        if (end <= 0) return null;
        String scheme = text.substring(0, end).toLowerCase(Locale.ROOT);
        String authority = text.substring(end + 3);
        int colon = portColon(authority);
        String host = host(colon < 0 ? authority : authority.substring(0, colon));
        int port = colon < 0 ? usualPort(scheme) : port(authority.substring(colon + 1));
        if (host == null || port < 0 || !isHost(host, scheme)) return null;
        return new Origin(scheme, host, port);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + (port == usualPort(scheme) ? "" : ":" + port);
    }

    /// Where the port begins; behind the bracket that ends an IPv6 address.
    static int portColon(String authority) {
        return authority.indexOf(':', Math.max(0, authority.indexOf(']')));
    }

    static int usualPort(String scheme) {
        return switch (scheme) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            default -> 0;
        };
    }

    /// @return -1 when it is none
    static int port(String digits) {
        if (digits.isEmpty() || digits.length() > 5) return -1;
        for (int i = 0; i < digits.length(); i++) if (digits.charAt(i) < '0' || digits.charAt(i) > '9') return -1;
        int port = Integer.parseInt(digits);
        return port == 0 || port > MOST_PORT ? -1 : port;
    }

    /// An IPv6 address, or labels of letters, digits, `-` and `_` with single dots between them; files have none.
    private static boolean isHost(String host, String scheme) {
        return host.isEmpty()
                ? scheme.equals("file")
                : host.startsWith("[") || HOST.matcher(host).matches();
    }

    /// @return null when no browser sends such a host
    static @Nullable String host(String text) {
        if (text.startsWith("[")) return text.endsWith("]") ? ipv6(text.substring(1, text.length() - 1)) : null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || "/?#@\\[]:".indexOf(c) >= 0) return null;
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String ipv6(String literal) {
        byte[] bytes = literal.indexOf(':') < 0 || literal.indexOf('%') >= 0
                ? null
                : NetUtil.createByteArrayFromIpAddressString(literal);
        return bytes == null ? null : "[" + NetUtil.bytesToIpAddress(bytes) + "]";
    }
}
