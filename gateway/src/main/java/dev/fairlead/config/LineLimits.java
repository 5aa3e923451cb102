package dev.fairlead.config;

import org.jspecify.annotations.Nullable;

/// Texts that the TOML reader would take minutes for, because its time grows with the square of a line's length and of
/// the number of lines that say nothing. No file that somebody wrote is like that.
final class LineLimits {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int LONGEST_GAP = 2_000;

    private LineLimits() {}

    /// @return the first place that is too much, or null
    static @Nullable Fault find(String name, String text) {
        int line = 1;
        int gap = 0;
        for (int from = 0; from < text.length(); line++) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            if (to - from > LONGEST_LINE) {
                return new Fault(
                        name,
                        line,
                        1,
                        "",
                        "expected a line of at most %,d characters, found %,d; break it up"
                                .formatted(LONGEST_LINE, to - from));
            }
            gap = saysNothing(text, from, to) ? gap + 1 : 0;
            if (gap > LONGEST_GAP) {
                return new Fault(
                        name,
                        line,
                        1,
                        "",
                        "expected at most %,d lines in a row that are empty or comments".formatted(LONGEST_GAP)
                                + ", found more; remove some");
            }
            from = to + 1;
        }
        return null;
    }

    private static boolean saysNothing(String text, int from, int to) {
        int at = from;
        while (at < to && Character.isWhitespace(text.charAt(at))) at++;
        return at == to || text.charAt(at) == '#';
    }
}
