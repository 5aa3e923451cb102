package dev.fairlead.core.policy;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodFamily;
import java.util.List;
import java.util.regex.Pattern;

/// A method's name, or the beginning of some with a star: `debug_trace*`. Upper and lower case count the same, because
/// some nodes take them for the same.
public record MethodPattern(String text) {
    /// As a regular expression, for the configuration and the admin API.
    public static final String FORM = "[*]|[A-Za-z][A-Za-z0-9_]*[*]?";

    /// Completes "expected …".
    public static final String EXPECTED = "a method, or the beginning of some with a star: \"debug_trace*\"";

    private static final Pattern WHOLE = Pattern.compile(FORM);

    public static boolean hasForm(String text) {
        return WHOLE.matcher(text).matches();
    }

    private static final int LONGEST_NAME = 100;

    /// Whether a pattern can name just this method.
    static boolean isName(String method) {
        return method.length() <= LONGEST_NAME && method.matches(FORM) && !method.endsWith("*");
    }

    boolean matches(String method) {
        if (!text.endsWith("*")) return text.equalsIgnoreCase(method);
        int length = text.length() - 1;
        return method.regionMatches(true, 0, text, 0, length);
    }

    /// Whether naming it so opens it. A star opens no order to a node by the way: `debug_*` leaves `debug_setHead`
    /// closed, and only its whole name opens that; `admin_*` says what it means.
    boolean opens(Method method) {
        if (!matches(method.name())) return false;
        if (method.family() != MethodFamily.NODE_ORDER || !text.endsWith("*")) return true;
        return method.isOfOrdersAlone() && text.contains("_");
    }

    /// Whether one of them matches; none at all stands for every method.
    static boolean match(List<MethodPattern> patterns, String method) {
        if (patterns.isEmpty()) return true;
        for (MethodPattern pattern : patterns) if (pattern.matches(method)) return true;
        return false;
    }

    @Override
    public String toString() {
        return text;
    }
}
