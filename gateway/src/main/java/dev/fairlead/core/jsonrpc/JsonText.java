package dev.fairlead.core.jsonrpc;

import java.nio.charset.StandardCharsets;

/// JSON strings to Java strings and back.
public final class JsonText {
    private JsonText() {}

    public static boolean isString(Slice json) {
        return json.size() >= 2 && json.at(0) == '"';
    }

    /// What a legal JSON string says, its escapes decoded.
    public static String decode(Slice json) {
        return decode(json.array(), json.from() + 1, json.to() - 1);
    }

    /// @param from after the opening quote of a legal string
    /// @param to its closing quote
    static String decode(byte[] json, int from, int to) {
        String raw = new String(json, from, to - from, StandardCharsets.UTF_8);
        return raw.indexOf('\\') < 0 ? raw : unescape(raw);
    }

    /// Whether a legal string says `text`, which is plain ASCII without quote or backslash.
    ///
    /// @param from after the opening quote
    /// @param to the closing quote
    static boolean says(byte[] json, int from, int to, String text) {
        int length = text.length();
        if (to - from < length) return false;
        for (int i = 0; i < length; i++) {
            byte b = json[from + i];
            if (b == '\\') return decode(json, from, to).equals(text);
            if (b != text.charAt(i)) return false;
        }
        return to - from == length;
    }

    /// The JSON string that says `text`, quotes included. Always well-formed: a lone surrogate becomes its escape.
    public static byte[] encode(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < 0x20 || (Character.isSurrogate(c) && isLoneSurrogate(text, i)))
                out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        return out.append('"').toString().getBytes(StandardCharsets.UTF_8);
    }

    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && isLoneSurrogate(text, i)) return true;
        }
        return false;
    }

    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static String unescape(String raw) {
        var text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = raw.charAt(++i);
            if (escaped == 'u') {
                text.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
                i += 4;
            } else {
                text.append(plain(escaped));
            }
        }
        return text.toString();
    }

    private static char plain(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped; // the quote, the backslash and the slash stand for themselves
        };
    }
}
