package dev.fairlead.core.secret;

import java.util.stream.IntStream;

/// The characters that a text means: escapes of JSON and of URLs are seen through, and capitals are small letters.
///
/// @param json whether a backslash escapes
@SuppressWarnings("ArrayRecordComponent") // never compared
record DecodedText(byte[] bytes, boolean json) {
    /// Between two letters of a word that is pulled apart.
    private static final int MOST_BETWEEN = 3;

    private static final int[] LOWER =
            IntStream.range(0, 256).map(DecodedText::lower).toArray();

    /// Only of ASCII, as below.
    static String lower(String text) {
        var lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) lower.append((char) lower(text.charAt(i)));
        return lower.toString();
    }

    private static int lower(int character) {
        return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
    }

    static boolean isLetterOrDigit(int character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z');
    }

    /// The byte that is meant at `at`; -1 at the end, for an escape beyond ASCII, or one of a control character.
    int at(int at) {
        if (at >= bytes.length) return -1;
        int meant = bytes[at] & 0xff;
        if (meant != '\\' && meant != '%') return LOWER[meant];
        if (meant == '\\' && json) meant = escaped(at);
        else if (meant == '%' && encodedAt(at) > 0) meant = hex(encodedAt(at), 2);
        return lower(meant);
    }

    /// How many bytes belong to what stands there: an escape, or one byte.
    int unit(int at) {
        if (bytes[at] != '\\' && bytes[at] != '%') return 1;
        if (bytes[at] == '\\' && json) return at + 1 < bytes.length && bytes[at + 1] == 'u' ? 6 : 2;
        int encoded = bytes[at] == '%' ? encodedAt(at) : -1;
        return encoded < 0 ? 1 : encoded + 2 - at;
    }

    /// Where `word` ends that begins at `from`, or -1. It does not reach beyond a JSON string.
    int end(int from, byte[] word) {
        int at = from;
        for (byte b : word) {
            if (at >= bytes.length || (json && bytes[at] == '"') || at(at) != (b & 0xff)) return -1;
            at += unit(at);
        }
        return at;
    }

    /// As [#end], with up to a few other characters between each two.
    ///
    /// @param bare letters and digits alone
    int endApart(int from, byte[] bare) {
        int at = from;
        for (int i = 0; i < bare.length; i++) {
            if (i > 0) at = letterFrom(at);
            if (at >= bytes.length || at(at) != bare[i]) return -1;
            at += unit(at);
        }
        return at;
    }

    /// Where the next letter or digit stands; where the search ended when there is none near.
    private int letterFrom(int from) {
        int at = from;
        for (int i = 0; i < MOST_BETWEEN; i++) {
            boolean ends = at >= bytes.length || (json && bytes[at] == '"');
            if (ends || isLetterOrDigit(at(at))) return at;
            at += unit(at);
        }
        return at;
    }

    private int escaped(int at) {
        if (at + 1 >= bytes.length) return -1;
        int escaped = bytes[at + 1];
        if (escaped != 'u') return escaped == '/' || escaped == '"' || escaped == '\\' ? escaped : -1;
        int meant = hex(at + 2, 4);
        return meant < 0x80 ? meant : -1;
    }

    /// Where the two digits of a percent escape stand, also of one that was escaped again; -1 where there is none.
    private int encodedAt(int percent) {
        int at = percent + 1;
        while (at + 3 < bytes.length && bytes[at] == '2' && bytes[at + 1] == '5' && hex(at + 2, 2) >= 0) at += 2;
        return hex(at, 2) < 0 ? -1 : at;
    }

    private int hex(int from, int digits) {
        if (from + digits > bytes.length) return -1;
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) return -1;
            value = value << 4 | digit;
        }
        return value;
    }
}
