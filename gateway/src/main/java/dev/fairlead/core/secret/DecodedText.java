package dev.fairlead.core.secret;

import java.text.Normalizer;
import java.util.stream.IntStream;

/// The characters that a text means: UTF-8 and the escapes of JSON and of URLs are decoded; capitals count as
/// small letters, and letters with accents as those without, however they are composed.
///
/// @param json whether a backslash escapes
@SuppressWarnings("ArrayRecordComponent") // never compared
record DecodedText(byte[] bytes, boolean json) {
    /// Other characters between two letters of a word that is pulled apart.
    private static final int MOST_BETWEEN = 3;

    private static final int ASCII = 0x80;
    private static final int FIRST_MARK = 0x300;
    private static final int LAST_MARK = 0x36f;

    private static final int[] LOWER =
            IntStream.range(0, ASCII).map(Character::toLowerCase).toArray();

    /// The characters of a secret, as [#at] gives them for a text.
    static int[] word(String secret) {
        var word = IntStream.builder();
        boolean first = true;
        for (int at = 0; at < secret.length(); ) {
            int meant = secret.codePointAt(at);
            if (first || !isMark(meant)) word.add(folded(meant));
            first = false;
            at += Character.charCount(meant);
        }
        return word.build().toArray();
    }

    static boolean isLetterOrDigit(int character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z');
    }

    /// The character that is meant at `at`; -1 at the end, for an escaped control character, and for bytes
    /// that are no character.
    int at(int at) {
        if (at >= bytes.length) return -1;
        int meant = bytes[at];
        if (meant >= 0 && meant != '\\' && meant != '%') return LOWER[meant];
        return folded(meantBy(spelled(at)));
    }

    /// The length in bytes of what stands at `at`: a character or an escape, with the accents that follow.
    int unit(int at) {
        int first = bytes[at];
        int end = at + (first >= 0 && first != '\\' && first != '%' ? 1 : lengthOf(spelled(at)));
        if (first == '"') return 1;
        while (end < bytes.length && mayBeMark(end)) {
            long next = spelled(end);
            if (!isMark(meantBy(next))) break;
            end += lengthOf(next);
        }
        return end - at;
    }

    /// Where `word` ends if it begins at `from`; -1 if it does not. It does not reach beyond a JSON string.
    int end(int from, int[] word) {
        int at = from;
        for (int meant : word) {
            if (at >= bytes.length || (json && bytes[at] == '"') || at(at) != meant) return -1;
            at += unit(at);
        }
        return at;
    }

    /// As [#end], but a few other characters may stand between any two.
    ///
    /// @param bare letters and digits alone
    int endApart(int from, int[] bare) {
        int at = from;
        for (int i = 0; i < bare.length; i++) {
            if (i > 0) at = letterFrom(at);
            if (at >= bytes.length || at(at) != bare[i]) return -1;
            at += unit(at);
        }
        return at;
    }

    /// Where the next letter or digit stands; when there is none near, where the search ended.
    private int letterFrom(int from) {
        int at = from;
        for (int i = 0; i < MOST_BETWEEN; i++) {
            boolean ends = at >= bytes.length || (json && bytes[at] == '"');
            if (ends || isLetterOrDigit(at(at))) return at;
            at += unit(at);
        }
        return at;
    }

    /// Both simple foldings, so that every form of sigma and s is one.
    private static int folded(int character) {
        if (character < 0) return -1;
        if (character < ASCII) return LOWER[character];
        int folded = Character.toLowerCase(Character.toUpperCase(bare(character)));
        return folded < ASCII ? LOWER[folded] : folded;
    }

    private static int bare(int character) {
        String parts = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFD);
        int letter = parts.codePointAt(0);
        return parts.codePoints().skip(1).allMatch(DecodedText::isMark) ? letter : character;
    }

    private static boolean isMark(int character) {
        return character >= FIRST_MARK && character <= LAST_MARK;
    }

    private boolean mayBeMark(int at) {
        return bytes[at] < 0 || bytes[at] == '\\' || bytes[at] == '%';
    }

    private static int meantBy(long spelled) {
        return (int) spelled;
    }

    private static int lengthOf(long spelled) {
        return (int) (spelled >>> 32);
    }

    private static long spelled(int meant, int length) {
        return (long) length << 32 | (meant & 0xffffffffL);
    }

    /// The character there, or -1, and its length in bytes.
    private long spelled(int at) {
        if (bytes[at] == '\\' && json) return escaped(at);
        long first = octet(at);
        int lead = meantBy(first);
        if (lead < ASCII) return first;
        int rest = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
        int meant = lead & (0x3f >> rest);
        int length = lengthOf(first);
        for (int i = 0; i < rest; i++) {
            long next = at + length < bytes.length ? octet(at + length) : 0;
            if ((meantBy(next) & 0xc0) != 0x80) return spelled(-1, lengthOf(first));
            meant = meant << 6 | (meantBy(next) & 0x3f);
            length += lengthOf(next);
        }
        return rest == 0 || meant > Character.MAX_CODE_POINT ? spelled(-1, lengthOf(first)) : spelled(meant, length);
    }

    /// A byte of UTF-8, or a percent escape of one.
    private long octet(int at) {
        int encoded = bytes[at] == '%' ? encodedAt(at) : -1;
        return encoded < 0 ? spelled(bytes[at] & 0xff, 1) : spelled(hex(encoded, 2), encoded + 2 - at);
    }

    private long escaped(int at) {
        if (at + 1 >= bytes.length) return spelled(-1, 2);
        int escaped = bytes[at + 1];
        if (escaped != 'u') {
            return spelled(escaped == '/' || escaped == '"' || escaped == '\\' ? escaped : -1, 2);
        }
        int meant = hex(at + 2, 4);
        if (meant < 0 || !Character.isHighSurrogate((char) meant)) return spelled(meant, 6);
        boolean paired = at + 7 < bytes.length && bytes[at + 6] == '\\' && bytes[at + 7] == 'u';
        int low = paired ? hex(at + 8, 4) : -1;
        return low >= 0 && Character.isLowSurrogate((char) low)
                ? spelled(Character.toCodePoint((char) meant, (char) low), 12)
                : spelled(meant, 6);
    }

    /// Where the two digits of a percent escape stand, even if it was escaped again; -1 where there is none.
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
