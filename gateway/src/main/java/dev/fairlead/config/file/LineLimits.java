package dev.fairlead.config.file;

import org.jspecify.annotations.Nullable;

/// Texts that the TOML reader would take minutes for, because its time grows with the square of a line's
/// length and of the number of lines that say nothing, and because it makes a table of every part of a key. No
/// file that a person wrote is like that.
public final class LineLimits {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int LONGEST_GAP = 2_000;
    private static final int MOST_PARTS = 16;

    private static final String TOO_EMPTY =
            "expected at most %,d lines in a row that are empty or comments".formatted(LONGEST_GAP)
                    + ", found more; remove some";
    private static final String TOO_MANY_PARTS =
            "expected a key of at most %,d parts, found more; the longest known one".formatted(MOST_PARTS) + " has 6";

    private LineLimits() {}

    /// @return the first place that is too much, or null
    public static @Nullable ConfigurationFault find(String name, String text) {
        int line = 1;
        int gap = 0;
        for (int from = 0; from < text.length(); line++) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            if (to - from > LONGEST_LINE) {
                return new ConfigurationFault(name, line, 1, "", tooLong(to - from));
            }
            gap = saysNothing(text, from, to) ? gap + 1 : 0;
            if (gap > LONGEST_GAP) {
                return new ConfigurationFault(name, line, 1, "", TOO_EMPTY);
            }
            if (hasTooManyParts(text, from, to)) {
                return new ConfigurationFault(name, line, 1, "", TOO_MANY_PARTS);
            }
            from = to + 1;
        }
        return null;
    }

    private static String tooLong(int length) {
        return "expected a line of at most %,d characters, found %,d; break it up".formatted(LONGEST_LINE, length);
    }

    /// Of one key, or of a table's name: dots with nothing but words between them.
    private static boolean hasTooManyParts(String text, int from, int to) {
        var line = new SignScan(text, from, to, true);
        int dots = 0;
        for (int at = line.next(); at >= 0; at = line.next()) {
            switch (text.charAt(at)) {
                case '.' -> dots++;
                case '=', ',', '{', '}', '[', ']' -> dots = 0;
                default -> {}
            }
            if (dots >= MOST_PARTS) return true;
        }
        return false;
    }

    private static boolean saysNothing(String text, int from, int to) {
        int at = from;
        while (at < to && Character.isWhitespace(text.charAt(at))) at++;
        return at == to || text.charAt(at) == '#';
    }
}
