package dev.fairlead.core.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes words out of JSON, also where they are written with escapes, and leaves legal JSON: stars for a word in a
/// string, a zero for a number.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Blotter(byte[][] words, boolean[] firsts) {
    /// A shorter word counts only where it stands alone: it may be part of a hash or of a return value.
    private static final int SURE = 16;

    private static final byte[] STARS = {'*', '*', '*'};
    private static final byte[] ZERO = {'0'};

    /// @param words the longest first
    static Blotter of(List<String> words) {
        var bytes = new byte[words.size()][];
        var firsts = new boolean[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = words.get(i).getBytes(StandardCharsets.UTF_8);
            firsts[bytes[i][0] & 0xff] = true;
        }
        return new Blotter(bytes, firsts);
    }

    /// @param json legal JSON
    /// @return null when none of the words is in it
    byte @Nullable [] blotted(byte[] json) {
        var out = new ByteArrayOutputStream(0);
        int copied = 0;
        boolean text = false;
        boolean amidWord = false;
        for (int at = 0; at < json.length; ) {
            int end = at + unit(json, at);
            boolean quote = json[at] == '"';
            if (quote) text = !text;
            int wordEnd = quote ? -1 : wordEnd(json, at, amidWord);
            if (wordEnd > 0) {
                out.write(json, copied, at - copied);
                out.writeBytes(text ? STARS : ZERO);
                copied = wordEnd;
                end = wordEnd;
            }
            amidWord = wordEnd < 0 && isWord(character(json, at));
            at = end;
        }
        if (copied == 0) return null;
        out.write(json, copied, json.length - copied);
        return out.toByteArray();
    }

    private int wordEnd(byte[] json, int at, boolean amidWord) {
        int first = character(json, at);
        if (first < 0 || !firsts[first]) return -1;
        for (byte[] word : words) {
            int end = end(json, at, word);
            if (end < 0) continue;
            boolean alone = !amidWord && (end == json.length || !isWord(character(json, end)));
            if (alone || word.length >= SURE) return end;
        }
        return -1;
    }

    /// Where `word` ends that begins here, or -1.
    private static int end(byte[] json, int from, byte[] word) {
        int at = from;
        for (byte b : word) {
            if (at >= json.length || json[at] == '"' || character(json, at) != (b & 0xff)) return -1;
            at += unit(json, at);
        }
        return at;
    }

    /// How many bytes belong to what stands here: an escape, or one byte.
    private static int unit(byte[] json, int at) {
        if (json[at] != '\\') return 1;
        return json[at + 1] == 'u' ? 6 : 2;
    }

    /// The byte that is meant; -1 for an escape beyond ASCII or of a control character.
    private static int character(byte[] json, int at) {
        if (json[at] != '\\') return json[at] & 0xff;
        byte escaped = json[at + 1];
        if (escaped != 'u') return escaped == '/' || escaped == '"' || escaped == '\\' ? escaped : -1;
        int meant = 0;
        for (int i = at + 2; i < at + 6; i++) meant = meant << 4 | Character.digit(json[i], 16);
        return meant < 0x80 ? meant : -1;
    }

    private static boolean isWord(int character) {
        return (character >= '0' && character <= '9')
                || (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z');
    }
}
