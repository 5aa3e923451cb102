package dev.fairlead.core.policy;

import java.util.Locale;

/// Whether a page comes from this machine itself, as a developer's dapp does. A page from elsewhere that is open in the
/// same browser must not use the accounts of a node here.
final class LocalOrigin {
    private LocalOrigin() {}

    /// @param origin as browsers send it, `http://localhost:3000`
    static boolean is(String origin) {
        int scheme = origin.indexOf("://");
        if (scheme < 0) return false;
        String host = host(origin.substring(scheme + 3)).toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.endsWith(".localhost") || host.equals("[::1]") || isLoopback(host);
    }

    private static String host(String authority) {
        int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        return end <= 0 ? authority : authority.substring(0, end);
    }

    /// `127.evil.example` is a name, and no address.
    private static boolean isLoopback(String host) {
        return host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
