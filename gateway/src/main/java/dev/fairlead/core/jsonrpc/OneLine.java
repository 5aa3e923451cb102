package dev.fairlead.core.jsonrpc;

/// The words of somebody else in a log line, a table or a verdict: on one line, without orders to a terminal, and not
/// too long.
public final class OneLine {
    private static final int LONGEST = 200;

    private OneLine() {}

    public static String of(String text) {
        return whole(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
    }

    /// However long it is.
    public static String whole(String text) {
        if (text.chars().noneMatch(OneLine::isControl)) return text;
        var line = new StringBuilder(text.length());
        text.chars().forEach(c -> line.append(isControl(c) ? ' ' : (char) c));
        return line.toString();
    }

    /// Directions of writing count too: they change what stands where.
    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || Character.getType(c) == Character.FORMAT;
    }
}
