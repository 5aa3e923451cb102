package dev.fairlead.core.jsonrpc;

import java.util.Arrays;

/// One JSON text that comes in pieces, by the same rules as [JsonScan]: is it legal so far, and is it all
/// there? Remembers where it stopped, and keeps nothing of what it read.
///
/// ```
/// VALUE ─┬─ scalar ──────────────▶ BEHIND ── , ──▶ VALUE or NAME      BEHIND the outermost: END, where only space
/// follows
///        ├─ [ ──▶ VALUE_OR_CLOSE ─▶ BEHIND
///        └─ { ──▶ NAME_OR_CLOSE ── name ──▶ COLON ── : ──▶ VALUE
/// within a string, number or word: one state for each place where a piece may end
/// ```
public final class JsonStream {
    private static final int WORD = 64;

    private State state = State.VALUE;
    private int depth;
    /// For each level around, one bit: set for an object, clear for an array. The innermost level is the
    /// lowest bit; every 64 levels are put aside.
    private long objects;
    private long[] aside = {};
    /// The string under way is a member's name.
    private boolean name;
    /// What is still to come of a word, of an escape's digits, or of a character.
    private String word = "";

    private int seen;
    private int left;
    private int least;
    private int most;

    private enum State {
        VALUE,
        VALUE_OR_CLOSE,
        NAME,
        NAME_OR_CLOSE,
        COLON,
        BEHIND,
        END,
        STRING,
        ESCAPE,
        HEX,
        CHARACTER,
        LITERAL,
        MINUS,
        ZERO,
        DIGITS,
        POINT,
        FRACTION,
        EXPONENT,
        SIGN,
        POWER,
        FAULT
    }

    /// Reads on.
    ///
    /// @return whether it may still become legal JSON
    public boolean read(byte[] json, int from, int to) {
        int at = value(json, from, to);
        if (at >= 0 && at < to) end(json, at, to);
        return state != State.FAULT;
    }

    /// Reads on, up to the end of the value and no further.
    ///
    /// @return where the value ends, `to` while it goes on, or -1 when it is broken
    public int value(byte[] json, int from, int to) {
        int at = from;
        while (at < to && state != State.END && state != State.FAULT) {
            if (depth > 0 && (state == State.VALUE || state == State.BEHIND)) at = quick(json, at, to);
            if (at == to) break;
            at = switch (state) {
                case STRING -> string(json, at, to);
                case VALUE, VALUE_OR_CLOSE -> begin(json, at, to);
                case BEHIND -> behind(json, at, to);
                case NAME, NAME_OR_CLOSE -> name(json, at, to);
                case COLON -> colon(json, at, to);
                case ESCAPE -> escape(json[at], at);
                case HEX -> hex(json[at], at);
                case CHARACTER -> character(json[at] & 0xff, at);
                case LITERAL -> literal(json, at, to);
                case MINUS, ZERO, DIGITS, POINT, FRACTION, EXPONENT, SIGN, POWER -> number(json[at], at);
                case END, FAULT -> at;
            };
        }
        return state == State.FAULT ? -1 : at;
    }

    /// Whether a whole text has come.
    public boolean isWhole() {
        return state == State.END || (depth == 0 && isWholeNumber());
    }

    /// The quick way, which nearly all of a reply takes: nested values that are whole within the piece and
    /// have no escapes. Stops before anything else, in the state in which that must be read.
    private int quick(byte[] json, int from, int to) {
        int at = from;
        boolean before = state == State.VALUE;
        while (true) {
            if (!before) {
                if (at == to) return stop(State.BEHIND, at);
                byte next = json[at];
                boolean object = (objects & 1) != 0;
                if (next == ',' && object) {
                    int value = quickName(json, at + 1, to);
                    if (value < 0) return stop(State.NAME, at + 1);
                    at = value;
                } else if (next == ',') {
                    at++;
                } else if (next == (object ? '}' : ']')) {
                    at = close(at);
                    if (depth == 0) return at;
                    continue;
                } else {
                    return stop(State.BEHIND, at);
                }
            }
            if (at == to) return stop(State.VALUE, at);
            byte first = json[at];
            before = first == '{' || first == '[';
            if (before) {
                at = open(first == '{', at);
                if (state == State.FAULT || at == to || json[at] <= ' ' || json[at] == ']') return at;
                if (first == '[') continue;
                int value = quickName(json, at, to);
                if (value < 0) return at;
                at = value;
            } else {
                int end = quickScalar(json, first, at, to);
                if (end < 0) return stop(State.VALUE, at);
                at = end;
            }
        }
    }

    /// Where the value of the member begins, or -1.
    private static int quickName(byte[] json, int at, int to) {
        if (at >= to || json[at] != '"') return -1;
        int quote = JsonScan.skipPlain(json, at + 1, to);
        return quote + 1 < to && json[quote] == '"' && json[quote + 1] == ':' ? quote + 2 : -1;
    }

    /// Where the string, whole number or word ends, or -1.
    private static int quickScalar(byte[] json, byte first, int at, int to) {
        if (first == '"') {
            int quote = JsonScan.skipPlain(json, at + 1, to);
            return quote < to && json[quote] == '"' ? quote + 1 : -1;
        }
        if (first >= '1' && first <= '9') {
            int end = at + 1;
            while (end < to && json[end] >= '0' && json[end] <= '9') end++;
            return end < to && (json[end] == ',' || json[end] == '}' || json[end] == ']') ? end : -1;
        }
        return switch (first) {
            case 't' -> JsonScan.literal(json, at, to, "true");
            case 'f' -> JsonScan.literal(json, at, to, "false");
            case 'n' -> JsonScan.literal(json, at, to, "null");
            default -> -1;
        };
    }

    private int stop(State next, int at) {
        state = next;
        return at;
    }

    private boolean isWholeNumber() {
        return state == State.ZERO || state == State.DIGITS || state == State.FRACTION || state == State.POWER;
    }

    private int begin(byte[] json, int from, int to) {
        int at = JsonScan.skipSpace(json, from, to);
        if (at == to) return to;
        byte first = json[at];
        if (first == '"') return begin(false, json, at, to);
        return switch (first) {
            case '{', '[' -> open(first == '{', at);
            case ']' -> state == State.VALUE_OR_CLOSE ? close(at) : fault(at);
            case 't' -> begin("true", at);
            case 'f' -> begin("false", at);
            case 'n' -> begin("null", at);
            case '-' -> to(State.MINUS, at);
            case '0' -> to(State.ZERO, at);
            default -> first >= '1' && first <= '9' ? to(State.DIGITS, at) : fault(at);
        };
    }

    private int behind(byte[] json, int from, int to) {
        int at = JsonScan.skipSpace(json, from, to);
        if (at == to) return to;
        boolean object = (objects & 1) != 0;
        byte next = json[at];
        if (next == ',') return to(object ? State.NAME : State.VALUE, at);
        return next == (object ? '}' : ']') ? close(at) : fault(at);
    }

    private int name(byte[] json, int from, int to) {
        int at = JsonScan.skipSpace(json, from, to);
        if (at == to) return to;
        if (json[at] == '"') return begin(true, json, at, to);
        return json[at] == '}' && state == State.NAME_OR_CLOSE ? close(at) : fault(at);
    }

    private int colon(byte[] json, int from, int to) {
        int at = JsonScan.skipSpace(json, from, to);
        if (at == to) return to;
        return json[at] == ':' ? to(State.VALUE, at) : fault(at);
    }

    private void end(byte[] json, int from, int to) {
        if (JsonScan.skipSpace(json, from, to) < to) state = State.FAULT;
    }

    private int open(boolean object, int at) {
        if (depth == JsonScan.DEEPEST) return fault(at);
        if ((depth & WORD - 1) == 0 && depth > 0) {
            if (aside.length < depth / WORD) aside = Arrays.copyOf(aside, 2 * depth / WORD);
            aside[depth / WORD - 1] = objects;
        }
        depth++;
        objects = objects << 1 | (object ? 1 : 0);
        return to(object ? State.NAME_OR_CLOSE : State.VALUE_OR_CLOSE, at);
    }

    private int close(int at) {
        objects >>>= 1;
        depth--;
        if ((depth & WORD - 1) == 0 && depth > 0) objects = aside[depth / WORD - 1];
        return to(depth == 0 ? State.END : State.BEHIND, at);
    }

    private int begin(boolean ofName, byte[] json, int at, int to) {
        name = ofName;
        state = State.STRING;
        return string(json, at + 1, to);
    }

    private int begin(String expected, int at) {
        word = expected;
        seen = 1;
        return to(State.LITERAL, at);
    }

    private int string(byte[] json, int from, int to) {
        int at = JsonScan.skipPlain(json, from, to);
        if (at >= to) return to;
        byte b = json[at];
        if (b == '"') return to(name ? State.COLON : valueEnd(), at);
        if (b == '\\') return to(State.ESCAPE, at);
        return b < 0 ? lead(b & 0xff, at) : fault(at); // else a control character
    }

    private int escape(byte b, int at) {
        return switch (b) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> to(State.STRING, at);
            case 'u' -> {
                left = 4;
                yield to(State.HEX, at);
            }
            default -> fault(at);
        };
    }

    private int hex(byte b, int at) {
        if (!JsonScan.isHex(b)) return fault(at);
        left--;
        return to(left == 0 ? State.STRING : State.HEX, at);
    }

    /// As [JsonScan] has it, by the table of RFC 3629.
    private int lead(int b, int at) {
        if (b < 0xc2 || b > 0xf4) return fault(at);
        left = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        least = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        most = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
        return to(State.CHARACTER, at);
    }

    private int character(int b, int at) {
        if (b < least || b > most) return fault(at);
        least = 0x80;
        most = 0xbf;
        left--;
        return to(left == 0 ? State.STRING : State.CHARACTER, at);
    }

    private int literal(byte[] json, int from, int to) {
        int at = from;
        while (at < to && seen < word.length()) {
            if (json[at] != word.charAt(seen)) return fault(at);
            at++;
            seen++;
        }
        if (seen == word.length()) state = valueEnd();
        return at;
    }

    private int number(byte b, int at) {
        boolean digit = b >= '0' && b <= '9';
        boolean exponent = b == 'e' || b == 'E';
        return switch (state) {
            case MINUS -> digit ? to(b == '0' ? State.ZERO : State.DIGITS, at) : fault(at);
            case ZERO -> b == '.' ? to(State.POINT, at) : exponent ? to(State.EXPONENT, at) : numberEnd(at);
            case DIGITS -> {
                if (digit) yield at + 1;
                yield b == '.' ? to(State.POINT, at) : exponent ? to(State.EXPONENT, at) : numberEnd(at);
            }
            case POINT -> digit ? to(State.FRACTION, at) : fault(at);
            case FRACTION -> digit ? at + 1 : exponent ? to(State.EXPONENT, at) : numberEnd(at);
            case EXPONENT -> {
                if (digit) yield to(State.POWER, at);
                yield b == '+' || b == '-' ? to(State.SIGN, at) : fault(at);
            }
            case SIGN -> digit ? to(State.POWER, at) : fault(at);
            case POWER -> digit ? at + 1 : numberEnd(at);
            case VALUE,
                    VALUE_OR_CLOSE,
                    NAME,
                    NAME_OR_CLOSE,
                    COLON,
                    BEHIND,
                    END,
                    STRING,
                    ESCAPE,
                    HEX,
                    CHARACTER,
                    LITERAL,
                    FAULT -> throw new IllegalStateException("not within a number");
        };
    }

    /// The number has ended before the byte at `at`.
    private int numberEnd(int at) {
        state = valueEnd();
        return at;
    }

    private State valueEnd() {
        return depth == 0 ? State.END : State.BEHIND;
    }

    private int to(State next, int at) {
        state = next;
        return at + 1;
    }

    private int fault(int at) {
        return to(State.FAULT, at);
    }
}
