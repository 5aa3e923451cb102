package dev.fairlead.core.url;

import java.util.Locale;
import java.util.Set;

/// What the texts of a node may be, wherever it is declared.
public final class NodeText {
    /// Headers, and labels, of one node.
    public static final int MOST_WORDS = 32;

    public static final String LABEL = "[A-Za-z_][A-Za-z0-9_.-]{0,62}";
    public static final String LABEL_VALUE = "[^\\x00-\\x1f\\x7f]{0,128}";
    public static final String HEADER = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}";
    public static final String HEADER_VALUE = "[\\t -~]{0,8192}";
    public static final String USER = "[^:\\x00-\\x1f\\x7f]{0,256}";
    public static final String PASSWORD = "[^\\x00-\\x1f\\x7f]{1,1024}";

    /// They frame the message, and belong to the connection.
    private static final Set<String> OWN_HEADERS = Set.of(
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private NodeText() {}

    /// Whether the gateway sets that header itself.
    public static boolean isOwnHeader(String name) {
        return OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }
}
