package dev.fairlead.core.jsonrpc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Strict RFC 8259 scanning over bytes, without allocation: every function takes the index where something begins and
/// returns the index after it, or a negative number when it is not legal JSON: [#TOO_DEEP], or else [#faultAt] tells
/// the offending byte. Text must be well-formed UTF-8; lone surrogates are legal where they are written as escapes.
public final class JsonScan {
    /// Nested deeper than allowed; whatever follows was not looked at.
    public static final int TOO_DEEP = Integer.MIN_VALUE;

    /// Never walked deeper than this, whatever the caller allows. A call trace is twice as deep as the calls in it, and
    /// the EVM allows 1,024; Go's own reader stops here too.
    public static final int DEEPEST = 10_000;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * EACH;
    private static final long BACKSLASHES = '\\' * EACH;
    private static final long SPACES = ' ' * EACH;

    /// Most strings are no longer than this; addresses and hashes are shorter.
    private static final int NEAR = 120;

    private static final int WORD = 64;
    private static final long[] NO_WORDS = {};

    private JsonScan() {}

    /// The offending byte of a negative answer that is not [#TOO_DEEP]; `to` when the text ended too early.
    public static int faultAt(int answer) {
        return ~answer;
    }

    public static int skipSpace(byte[] json, int at, int to) {
        while (at < to && json[at] <= ' ' && isSpace(json[at])) at++;
        return at;
    }

    /// @param at the first byte of the value, not space before it
    /// @param maxDepth arrays and objects within each other; 0 allows scalars only
    public static int skipValue(byte[] json, int at, int to, int maxDepth) {
        if (at >= to) return ~to;
        byte first = json[at];
        if (first == '"') return skipString(json, at, to);
        if (first != '{' && first != '[') return scalar(json, first, at, to);
        return nested(json, at, to, Math.min(maxDepth, DEEPEST));
    }

    /// @param at the opening quote
    public static int skipString(byte[] json, int at, int to) {
        if (at >= to || json[at] != '"') return ~at;
        int i = at + 1;
        while (true) {
            i = skipPlain(json, i, to);
            if (i >= to) return ~to;
            byte b = json[i];
            if (b == '"') return i + 1;
            if (b == '\\') i = escape(json, i, to);
            else if (b < 0) i = beyondAscii(json, i, to);
            else return ~i; // a control character
            if (i < 0) return i;
        }
    }

    /// Walks without recursion. For each level around, one bit says whether it is an object; the innermost
    /// level is the lowest bit. After 64 levels the word is full and is put aside.
    private static int nested(byte[] json, int from, int to, int maxDepth) {
        int depth = 0;
        long objects = 0;
        long[] aside = NO_WORDS;
        int at = from;
        while (true) {
            if (at >= to) return ~to;
            byte first = json[at];
            if (first == '{' || first == '[') {
                if (depth == maxDepth) return TOO_DEEP;
                if ((depth & WORD - 1) == 0 && depth > 0) {
                    if (aside.length < depth / WORD) aside = Arrays.copyOf(aside, 2 * depth / WORD);
                    aside[depth / WORD - 1] = objects;
                }
                depth++;
                boolean object = first == '{';
                objects = objects << 1 | (object ? 1 : 0);
                at = skipSpace(json, at + 1, to);
                boolean empty = at < to && json[at] == (object ? '}' : ']');
                if (!empty) {
                    if (object) at = skipName(json, at, to);
                    if (at < 0) return at;
                    continue;
                }
            } else {
                at = first == '"' ? skipString(json, at, to) : scalar(json, first, at, to);
                if (at < 0) return at;
            }
            while (true) {
                if (depth == 0) return at;
                boolean object = (objects & 1) != 0;
                char close = object ? '}' : ']';
                at = skipComma(json, at, to, close);
                if (at < 0) return at;
                if (json[at] != close) {
                    if (object) at = skipName(json, at, to);
                    if (at < 0) return at;
                    break;
                }
                at++;
                objects >>>= 1;
                depth--;
                if ((depth & WORD - 1) == 0 && depth > 0) objects = aside[depth / WORD - 1];
            }
        }
    }

    /// From the opening quote of a member's name to the first byte of its value.
    private static int skipName(byte[] json, int at, int to) {
        int end = skipString(json, at, to);
        return end < 0 ? end : skipColon(json, end, to);
    }

    /// From behind a member's name to the first byte of its value.
    static int skipColon(byte[] json, int at, int to) {
        int i = at;
        if (i < to && json[i] <= ' ') i = skipSpace(json, i, to);
        if (i >= to || json[i] != ':') return ~i;
        i++;
        if (i < to && json[i] <= ' ') i = skipSpace(json, i, to);
        return i < to ? i : ~to;
    }

    /// From behind a value to the first byte of what stands behind the comma, or to `close` itself when no other
    /// follows.
    ///
    /// @param close the bracket or brace that ends the array or object
    static int skipComma(byte[] json, int at, int to, char close) {
        int i = at;
        if (i < to && json[i] <= ' ') i = skipSpace(json, i, to);
        if (i >= to) return ~to;
        if (json[i] == close) return i;
        if (json[i] != ',') return ~i;
        i++;
        if (i < to && json[i] <= ' ') i = skipSpace(json, i, to);
        return i < to && json[i] != close ? i : ~i;
    }

    /// A number, `true`, `false` or `null`.
    private static int scalar(byte[] json, byte first, int at, int to) {
        return switch (first) {
            case 't' -> literal(json, at, to, "true");
            case 'f' -> literal(json, at, to, "false");
            case 'n' -> literal(json, at, to, "null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(json, at, to);
            default -> ~at;
        };
    }

    static int literal(byte[] json, int at, int to, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= to || json[at + i] != word.charAt(i)) return ~Math.min(at + i, to);
        }
        return at + word.length();
    }

    private static int number(byte[] json, int at, int to) {
        int whole = json[at] == '-' ? at + 1 : at;
        int i = whole;
        while (i < to && json[i] >= '0' && json[i] <= '9' && json[whole] != '0') i++;
        if (i == whole) i = i < to && json[i] == '0' ? i + 1 : ~i;
        if (i >= 0 && i < to && json[i] == '.') i = digits(json, i + 1, to);
        if (i >= 0 && i < to && (json[i] | 0x20) == 'e') {
            i++;
            if (i < to && (json[i] == '+' || json[i] == '-')) i++;
            i = digits(json, i, to);
        }
        return i;
    }

    private static int digits(byte[] json, int at, int to) {
        int i = at;
        while (i < to && json[i] >= '0' && json[i] <= '9') i++;
        return i == at ? ~at : i;
    }

    /// The next byte that is a quote, a backslash, a control character or not ASCII. Hex data of transactions and
    /// calls is most of what is ever scanned, so many bytes are tested at once.
    static int skipPlain(byte[] json, int at, int to) {
        int i = at;
        int near = Math.min(to - Long.BYTES, at + NEAR);
        while (i <= near) {
            long word = (long) EIGHT_BYTES.get(json, i);
            long special = (word ^ QUOTES) - EACH | (word ^ BACKSLASHES) - EACH | word - SPACES | word;
            special &= HIGH_BITS;
            if (special != 0) return i + (Long.numberOfTrailingZeros(special) >>> 3);
            i += Long.BYTES;
        }
        if (i <= to - Long.BYTES) return skipMuch(json, i, to);
        while (i < to && json[i] >= 0x20 && json[i] != '"' && json[i] != '\\') i++;
        return i;
    }

    /// The same where it is far away: eight words are tested at once.
    private static int skipMuch(byte[] json, int at, int to) {
        int i = at;
        while (i <= to - 8 * Long.BYTES) {
            long any = special((long) EIGHT_BYTES.get(json, i))
                    | special((long) EIGHT_BYTES.get(json, i + Long.BYTES))
                    | special((long) EIGHT_BYTES.get(json, i + 2 * Long.BYTES))
                    | special((long) EIGHT_BYTES.get(json, i + 3 * Long.BYTES))
                    | special((long) EIGHT_BYTES.get(json, i + 4 * Long.BYTES))
                    | special((long) EIGHT_BYTES.get(json, i + 5 * Long.BYTES))
                    | special((long) EIGHT_BYTES.get(json, i + 6 * Long.BYTES))
                    | special((long) EIGHT_BYTES.get(json, i + 7 * Long.BYTES));
            if ((any & HIGH_BITS) != 0) break;
            i += 8 * Long.BYTES;
        }
        while (i < to && json[i] >= 0x20 && json[i] != '"' && json[i] != '\\') i++;
        return i;
    }

    /// In the result, the lowest byte that is special has its high bit set, and no byte below it has. A byte
    /// that is not ASCII has the high bit already. For the others a subtraction sets it by going below zero;
    /// the borrow may set it in bytes above, never in bytes below.
    private static long special(long word) {
        return (word ^ QUOTES) - EACH | (word ^ BACKSLASHES) - EACH | word - SPACES | word;
    }

    private static int escape(byte[] json, int at, int to) {
        if (at + 1 >= to) return ~to;
        return switch (json[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
            case 'u' -> fourHex(json, at + 2, to);
            default -> ~(at + 1);
        };
    }

    private static int fourHex(byte[] json, int at, int to) {
        for (int i = at; i < at + 4; i++) {
            if (i >= to) return ~to;
            if (!isHex(json[i])) return ~i;
        }
        return at + 4;
    }

    static boolean isHex(byte b) {
        int letter = b | 0x20;
        return (b >= '0' && b <= '9') || (letter >= 'a' && letter <= 'f');
    }

    /// One character of two to four bytes, by the table of RFC 3629: no overlong forms, no surrogates, nothing beyond
    /// U+10FFFF.
    private static int beyondAscii(byte[] json, int at, int to) {
        int lead = json[at] & 0xff;
        if (lead < 0xc2 || lead > 0xf4) return ~at;
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        for (int i = at + 1; i < at + length; i++) {
            if (i >= to) return ~to;
            int b = json[i] & 0xff;
            if (b < least || b > most) return ~i;
            least = 0x80;
            most = 0xbf;
        }
        return at + length;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
