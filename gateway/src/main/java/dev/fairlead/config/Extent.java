package dev.fairlead.config;

/// How much of a text is read. The TOML reader takes about a hundred times the memory of what it reads, by lines and by
/// elements of lists, so a text that has too many of them is read in part, to tell what it is.
///
/// @param text what is read
/// @param lines of the whole
/// @param left lines that are not read; 0 when the text is whole
record Extent(String text, int lines, int left) {
    /// Lines and commas together.
    static final int MOST = 20_000;
    /// The same where what was read is no TOML at all, which takes the reader long to find its way in.
    static final int BEGINNING = 500;

    /// @param most lines and commas together
    static Extent of(String whole, int most) {
        int pieces = 0;
        int lines = 1;
        int end = -1;
        int linesRead = 0;
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            if (c == '\n') lines++;
            if (c != '\n' && c != ',') continue;
            if (++pieces == most) {
                end = whole.lastIndexOf('\n', i) + 1;
                linesRead = lines - 1;
            }
        }
        return end < 0 ? new Extent(whole, lines, 0) : new Extent(whole.substring(0, end), lines, lines - linesRead);
    }

    boolean isWhole() {
        return left == 0;
    }
}
