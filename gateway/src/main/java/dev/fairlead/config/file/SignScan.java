package dev.fairlead.config.file;

/// Goes through the characters of a line that the TOML reader may make something of: all but what stands between
/// quotes, other than escapes, and what stands in a comment.
final class SignScan {
    private static final char NONE = 0;

    private final String text;
    private final int to;
    private final boolean quoted;
    private int at;
    private char quote = NONE;

    /// @param quoted false goes through everything
    SignScan(String text, int from, int to, boolean quoted) {
        this.text = text;
        this.at = from;
        this.to = to;
        this.quoted = quoted;
    }

    /// @return where the next one stands, or -1
    int next() {
        while (at < to) {
            int here = at++;
            if (!quoted) return here;
            char c = text.charAt(here);
            if (quote == NONE && c == '#') break;
            boolean counts = quote == NONE || c == quote || isEscape(c);
            follow(c);
            if (counts) return here;
        }
        at = to;
        return -1;
    }

    static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private boolean isEscape(char c) {
        return quote == '"' && c == '\\';
    }

    private void follow(char c) {
        if (isEscape(c)) at++;
        else if (c == quote) quote = NONE;
        else if (quote == NONE && (c == '"' || c == '\'')) quote = c;
    }
}
