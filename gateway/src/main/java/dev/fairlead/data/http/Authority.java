package dev.fairlead.data.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Host and port as RFC 3986 writes them, without the user info that RFC 9110 forbids.
final class Authority {
    private static final int LONGEST_PORT = 5;
    private static final int LONGEST_HOST = 253;

    private Authority() {}

    /// The authority of a whole URL; an illegal text when it is no HTTP URL.
    static String of(String url) {
        int from = start(url, "http://");
        if (from < 0) from = start(url, "https://");
        if (from < 0) return "/";
        int to = from;
        while (to < url.length() && "/?#".indexOf(url.charAt(to)) < 0) to++;
        return url.substring(from, to);
    }

    /// The host that a request is for, in small letters, without port and a dot at the end. That of a whole URL
    /// wins over the header (RFC 9112, 3.2.2).
    static String host(String uri, @Nullable String header) {
        String authority = uri.contains("://") && !uri.startsWith("/") ? of(uri) : header;
        if (authority == null || authority.equals("/")) return "";
        int colon = authority.startsWith("[") ? -1 : authority.indexOf(':');
        int end = colon < 0 ? authority.length() : colon;
        if (end > 0 && authority.charAt(end - 1) == '.') end--;
        return end > LONGEST_HOST ? "" : authority.substring(0, end).toLowerCase(Locale.ROOT);
    }

    private static int start(String url, String scheme) {
        return url.regionMatches(true, 0, scheme, 0, scheme.length()) ? scheme.length() : -1;
    }

    /// Whether `authority` names a host, with or without a port.
    static boolean isLegal(String authority) {
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            return end > 1 && isAddress(authority, end) && isPort(authority, end + 1);
        }
        int colon = authority.indexOf(':');
        int end = colon < 0 ? authority.length() : colon;
        return end > 0 && isName(authority, end) && isPort(authority, end);
    }

    private static boolean isPort(String authority, int at) {
        if (at == authority.length()) return true;
        if (authority.charAt(at) != ':' || authority.length() - at > LONGEST_PORT + 1) return false;
        for (int i = at + 1; i < authority.length(); i++) {
            if (!isDigit(authority.charAt(i))) return false;
        }
        return true;
    }

    private static boolean isAddress(String authority, int end) {
        for (int i = 1; i < end; i++) {
            char c = authority.charAt(i);
            if (!isHex(c) && c != ':' && c != '.') return false;
        }
        return true;
    }

    private static boolean isName(String authority, int end) {
        for (int i = 0; i < end; i++) {
            char c = authority.charAt(i);
            boolean escape =
                    c == '%' && i + 2 < end && isHex(authority.charAt(i + 1)) && isHex(authority.charAt(i + 2));
            if (!escape && !isLetter(c) && !isDigit(c) && "-._~!$&'()*+,;=".indexOf(c) < 0) return false;
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(char c) {
        return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
    }
}
