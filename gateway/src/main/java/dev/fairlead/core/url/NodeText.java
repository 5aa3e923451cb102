package dev.fairlead.core.url;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What the texts of a node may be. Decided here for the file, the admin API, the store and the wire.
public final class NodeText {
    /// Headers, and labels, of one node.
    public static final int MOST_WORDS = 32;

    public static final String LABEL = "[A-Za-z_][A-Za-z0-9_.-]{0,62}";
    public static final String LABEL_VALUE = "[^\\x00-\\x1f\\x7f]{0,128}";
    public static final String HEADER = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}";
    public static final String HEADER_VALUE = "[\\t -~]{0,8192}";
    public static final String USER = "[^:\\x00-\\x1f\\x7f]{0,256}";
    public static final String PASSWORD = "[^\\x00-\\x1f\\x7f]{1,1024}";

    /// The header by which the gateway knows its own requests when they come back.
    public static final String MARK_HEADER = "fairlead-hop";

    private static final Pattern LABEL_FORM = Pattern.compile(LABEL);
    private static final Pattern LABEL_VALUE_FORM = Pattern.compile(LABEL_VALUE);
    private static final Pattern HEADER_FORM = Pattern.compile(HEADER);
    private static final Pattern HEADER_VALUE_FORM = Pattern.compile(HEADER_VALUE);
    private static final Pattern USER_FORM = Pattern.compile(USER);
    private static final Pattern PASSWORD_FORM = Pattern.compile(PASSWORD);

    /// Headers that frame the message or belong to the connection, and the gateway's mark.
    private static final Set<String> OWN_HEADERS = Set.of(
            "connection",
            "content-length",
            "content-type",
            "expect",
            MARK_HEADER,
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

    public static boolean isHeader(String name) {
        return HEADER_FORM.matcher(name).matches();
    }

    public static boolean isHeaderValue(String value) {
        return HEADER_VALUE_FORM.matcher(value).matches();
    }

    /// A header that is given twice: names that differ in their case only are one.
    public static Optional<String> saidTwice(Map<String, String> headers) {
        var names = new HashSet<String>();
        return headers.keySet().stream()
                .filter(name -> !names.add(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    public static boolean isLabel(String name) {
        return LABEL_FORM.matcher(name).matches();
    }

    public static boolean isLabelValue(String value) {
        return LABEL_VALUE_FORM.matcher(value).matches();
    }

    public static boolean isUser(String user) {
        return USER_FORM.matcher(user).matches();
    }

    public static boolean isPassword(String password) {
        return PASSWORD_FORM.matcher(password).matches();
    }
}
