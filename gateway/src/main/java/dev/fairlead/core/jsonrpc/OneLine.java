package dev.fairlead.core.jsonrpc;

/// A text from outside, for a log line, a table or a verdict: on one line, without control characters that a
/// terminal would obey, and not too long.
public final class OneLine {
    private static final int LONGEST = 200;

    private OneLine() {}

    public static String of(String text) {
        return whole(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
    }

    /// The same, at its full length.
    public static String whole(String text) {
        if (text.chars().noneMatch(OneLine::isControl)) return text;
        var line = new StringBuilder(text.length());
        text.chars().forEach(c -> line.append(isControl(c) ? ' ' : (char) c));
        return line.toString();
    }

    /// Marks of writing direction count too: they change the order in which text is shown.
    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || Character.getType(c) == Character.FORMAT;
    }
}
