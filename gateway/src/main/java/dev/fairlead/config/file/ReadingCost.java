package dev.fairlead.config.file;

/// The heap that the TOML reader takes for a line: measured, and rounded up. It makes objects of every key's
/// parts, of every sign and of every value, and keeps them all until the text is read.
///
/// @param quoted whether what stands in quotes and in comments may be taken for one piece; where a text may go
/// on over several lines, a line alone does not tell
record ReadingCost(boolean quoted) {
    private static final int LINE = 2_400;
    private static final int ELEMENT = 2_400;
    private static final int PART = 1_200;
    private static final int SIGN = 400;
    private static final int SPACE = 300;
    private static final int CHARACTER = 8;

    static ReadingCost of(String text) {
        return new ReadingCost(!text.contains("\"\"\"") && !text.contains("'''"));
    }

    /// @return bytes
    long of(String text, int from, int to) {
        long cost = LINE + (long) CHARACTER * (to - from);
        var line = new SignScan(text, from, to, quoted);
        char before = '\n';
        for (int at = line.next(); at >= 0; at = line.next()) {
            char c = text.charAt(at);
            cost += cost(c, before);
            before = c;
        }
        return cost;
    }

    private static int cost(char c, char before) {
        return switch (c) {
            case '.' -> PART;
            case ',' -> ELEMENT;
            case ' ', '\t' -> isSpace(before) ? 0 : SPACE;
            default -> SignScan.isWord(c) ? 0 : SIGN;
        };
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
