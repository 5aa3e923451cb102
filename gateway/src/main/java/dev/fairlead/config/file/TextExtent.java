package dev.fairlead.config.file;

/// How much of a text is read. The TOML reader takes far more memory than its text has bytes, and time. So a
/// text that would cost too much is read in part, to say what is wrong with it.
///
/// @param text what is read
/// @param lines of the whole
/// @param left lines that are not read; 0 when the text is whole
public record TextExtent(String text, int lines, int left) {
    /// Lines and commas together.
    public static final int MOST = 20_000;
    /// The same for a text that is no TOML at all, in which the reader takes long to go on after each fault.
    public static final int BEGINNING = 500;

    /// @param most lines and commas together
    /// @param memory bytes of the heap that the TOML reader may take
    public static TextExtent of(String whole, int most, long memory) {
        ReadingCost costs = ReadingCost.of(whole);
        int lines = 0;
        int pieces = 0;
        long cost = 0;
        int end = -1;
        int linesRead = 0;
        for (int from = 0; from < whole.length(); lines++) {
            int to = endOfLine(whole, from);
            if (end < 0) {
                pieces += pieces(whole, from, to);
                cost += costs.of(whole, from, to);
                if (pieces > most || cost > memory) {
                    end = from;
                    linesRead = lines;
                }
            }
            from = to;
        }
        return end < 0
                ? new TextExtent(whole, lines, 0)
                : new TextExtent(whole.substring(0, end), lines, lines - linesRead);
    }

    public boolean isWhole() {
        return left == 0;
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end + 1;
    }

    private static int pieces(String text, int from, int to) {
        int pieces = 1;
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == ',') pieces++;
        }
        return pieces;
    }
}
