package dev.fairlead.core.reply;

import dev.fairlead.core.reply.ReplyHead.Other;
import dev.fairlead.core.reply.ReplyHead.Plain;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the head of one reply. Strict, because what it refuses is read by Netty's decoder: every byte that it accepts
/// means the same there.
final class ReplyHeadScan {
    private static final byte[] VERSION = ascii("HTTP/1.1 ");
    private static final int BEHIND_STATUS = VERSION.length + 3;
    private static final byte[] LENGTH = ascii("content-length");
    private static final byte[] TRANSFER = ascii("transfer-encoding");
    private static final byte[] CODING = ascii("content-encoding");
    private static final byte[] CONNECTION = ascii("connection");
    private static final byte[] RETRY_AFTER = ascii("retry-after");
    private static final byte[] CHUNKED = ascii("chunked");
    private static final byte[] IDENTITY = ascii("identity");
    private static final byte[] CLOSE = ascii("close");
    private static final byte[] KEEP_ALIVE = ascii("keep-alive");
    private static final int MOST_DIGITS = 15;
    private static final boolean[] IN_NAMES = inNames();

    private static final int UNFINISHED = -1;
    private static final int UNUSUAL = -2;

    private final byte[] bytes;
    private final int to;

    private int status;
    private long length = -1;
    private boolean chunked;
    private boolean lasting = true;
    private @Nullable String retryAfter;

    ReplyHeadScan(byte[] bytes, int to) {
        this.bytes = bytes;
        this.to = to;
    }

    /// Reads the first `size` bytes of a reply.
    static ReplyHead of(byte[] bytes, int size) {
        return new ReplyHeadScan(bytes, size).read();
    }

    private ReplyHead read() {
        int at = statusLine();
        while (at > 0) {
            if (at == to) return Other.UNFINISHED;
            if (bytes[at] == '\r') return end(at);
            at = header(at);
        }
        return at == UNFINISHED ? Other.UNFINISHED : Other.UNUSUAL;
    }

    /// @return where the line behind it begins, or what is wrong with it
    private int statusLine() {
        for (int i = 0; i < VERSION.length; i++) {
            if (i == to) return UNFINISHED;
            if (bytes[i] != VERSION[i]) return UNUSUAL;
        }
        for (int i = VERSION.length; i < BEHIND_STATUS; i++) {
            if (i == to) return UNFINISHED;
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) return UNUSUAL;
            status = status * 10 + digit;
        }
        if (to == BEHIND_STATUS) return UNFINISHED;
        boolean hasBody = status >= 200 && status < 600 && status != 204 && status != 304;
        if (!hasBody || bytes[BEHIND_STATUS] != ' ') return UNUSUAL;
        int end = lineEnd(BEHIND_STATUS);
        return end < 0 ? end : end + 2;
    }

    private int header(int from) {
        int colon = from;
        while (colon < to && bytes[colon] >= 0 && IN_NAMES[bytes[colon]]) colon++;
        if (colon == to) return UNFINISHED;
        if (colon == from || bytes[colon] != ':') return UNUSUAL;
        int end = lineEnd(colon + 1);
        if (end < 0) return end;
        return means(from, colon, end) ? end + 2 : UNUSUAL;
    }

    /// @return whether the header is one that we understand or need not understand
    private boolean means(int from, int colon, int end) {
        int size = colon - from;
        if (size == LENGTH.length && is(LENGTH, from, colon)) return length(skip(colon + 1, end), trim(colon, end));
        if (size == TRANSFER.length && is(TRANSFER, from, colon)) {
            boolean first = !chunked;
            chunked = true;
            return first && isExactly(CHUNKED, skip(colon + 1, end), trim(colon, end));
        }
        if (size == CODING.length && is(CODING, from, colon))
            return is(IDENTITY, skip(colon + 1, end), trim(colon, end));
        if (size == CONNECTION.length && is(CONNECTION, from, colon)) {
            boolean closing = is(CLOSE, skip(colon + 1, end), trim(colon, end));
            lasting &= !closing;
            return closing || is(KEEP_ALIVE, skip(colon + 1, end), trim(colon, end));
        }
        if (size == RETRY_AFTER.length && retryAfter == null && is(RETRY_AFTER, from, colon)) {
            int begin = skip(colon + 1, end);
            int behind = Math.max(begin, trim(colon, end));
            retryAfter = new String(bytes, begin, behind - begin, StandardCharsets.ISO_8859_1);
        }
        return true;
    }

    private boolean length(int from, int behind) {
        int digits = behind - from;
        boolean plain = digits == 1 || (digits > 1 && digits <= MOST_DIGITS && bytes[from] != '0');
        if (!plain || length >= 0) return false;
        long value = 0;
        for (int i = from; i < behind; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) return false;
            value = value * 10 + digit;
        }
        length = value;
        return true;
    }

    private ReplyHead end(int at) {
        if (at + 1 == to) return Other.UNFINISHED;
        // With both, or with neither, other rules say where the body ends.
        boolean clear = chunked != (length >= 0);
        if (bytes[at + 1] != '\n' || !clear) return Other.UNUSUAL;
        return new Plain(at + 2, status, length, lasting, retryAfter);
    }

    /// @return where the line's CR LF stands
    private int lineEnd(int from) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b >= ' ' ? b != 0x7f : (b < 0 || b == '\t')) continue;
            if (b != '\r') return UNUSUAL;
            if (i + 1 == to) return UNFINISHED;
            return bytes[i + 1] == '\n' ? i : UNUSUAL;
        }
        return UNFINISHED;
    }

    private int skip(int from, int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) at++;
        return at;
    }

    private int trim(int colon, int end) {
        int at = end;
        while (at - 1 > colon && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t')) at--;
        return at;
    }

    /// @param word in lower case, which the bytes need not be
    private boolean is(byte[] word, int from, int behind) {
        if (behind - from != word.length) return false;
        for (int i = 0; i < word.length; i++) {
            byte b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b + 0x20 : b) != word[i]) return false;
        }
        return true;
    }

    private boolean isExactly(byte[] word, int from, int behind) {
        if (behind - from != word.length) return false;
        for (int i = 0; i < word.length; i++) {
            if (bytes[from + i] != word[i]) return false;
        }
        return true;
    }

    private static boolean[] inNames() {
        var in = new boolean[128];
        for (char c = '0'; c <= '9'; c++) in[c] = true;
        for (char c = 'a'; c <= 'z'; c++) in[c] = true;
        for (char c = 'A'; c <= 'Z'; c++) in[c] = true;
        for (byte b : ascii("!#$%&'*+-.^_`|~")) in[b] = true;
        return in;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
