package dev.fairlead.data.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The head of a connection's last request and what Netty's decoder read in it. Clients send the same head
/// again and again; one that differs in nothing but the digits of its Content-Length means the same and need
/// not be read again. So only one reader decides what a head means, and no request can be smuggled between
/// two.
public final class KnownHead {
    /// Longer heads are read anew each time, so that a connection keeps little.
    private static final int LONGEST = 1024;
    /// Larger bodies are left to the decoder.
    private static final int MOST_DIGITS = 6;

    private static final String LENGTH = "\ncontent-length:";
    /// Requests of other content types depend on the allowed origins, which may change, and so they are always
    /// read.
    private static final String JSON = "\ncontent-type: application/json";

    private static final String END = "\r\n\r\n";
    /// Headers that make a body end elsewhere, or switch the connection to another protocol.
    private static final String[] UNUSUAL = {"\ntransfer-encoding", "\nexpect", "\nupgrade", "\ntrailer"};

    private final byte[] before;
    private final byte[] behind;
    private final RequestHead asked;

    private KnownHead(byte[] before, byte[] behind, RequestHead head) {
        this.before = before;
        this.behind = behind;
        this.asked = head;
    }

    public RequestHead head() {
        return asked;
    }

    /// Remembers the head of a request that the decoder has read.
    ///
    /// @param request exactly one request
    /// @return null when it is not one to remember
    public static @Nullable KnownHead of(byte[] request, RequestHead asked) {
        if (!(asked.target() instanceof RequestTarget.Calls)
                || !asked.persistent()
                || !asked.coding().isEmpty()) return null;
        String head = head(request);
        if (head == null) return null;
        if (asked.origin() != null && !head.contains(JSON)) return null;
        int at = head.indexOf(LENGTH);
        if (at < 0 || head.indexOf(LENGTH, at + 1) >= 0) return null;
        int digits = at + LENGTH.length();
        while (head.charAt(digits) == ' ') digits++;
        int end = digits;
        while (isDigit(head.charAt(end))) end++;
        if (end == digits || !head.startsWith(Integer.toString(request.length - head.length()), digits)) return null;
        for (String word : UNUSUAL) {
            if (head.contains(word)) return null;
        }
        return new KnownHead(Arrays.copyOf(request, digits), Arrays.copyOfRange(request, end, head.length()), asked);
    }

    /// The head in small letters, with the empty line that ends it.
    private static @Nullable String head(byte[] request) {
        String start = new String(request, 0, Math.min(LONGEST, request.length), StandardCharsets.ISO_8859_1);
        int end = start.indexOf(END);
        return end < 0 ? null : start.substring(0, end + END.length()).toLowerCase(Locale.ROOT);
    }

    /// Takes the body of the next request in `in`, when that begins with this head and is all there.
    ///
    /// @param scratch at least as long as a head; overwritten
    /// @return null when the decoder has to read it; nothing is taken then
    public byte @Nullable [] takeBody(ByteBuf in, byte[] scratch, int limit) {
        int there = Math.min(in.readableBytes(), before.length + behind.length + MOST_DIGITS);
        if (there > scratch.length || there <= before.length) return null;
        in.getBytes(in.readerIndex(), scratch, 0, there);
        if (!Arrays.equals(scratch, 0, before.length, before, 0, before.length)) return null;
        int at = before.length;
        int length = 0;
        if (scratch[at] == '0') return null;
        while (at < there && scratch[at] >= '0' && scratch[at] <= '9') length = length * 10 + scratch[at++] - '0';
        int body = at + behind.length;
        if (at == before.length || length > limit || body > there) return null;
        if (in.readableBytes() - body < length) return null;
        if (!Arrays.equals(scratch, at, body, behind, 0, behind.length)) return null;
        byte[] taken = new byte[length];
        in.skipBytes(body).readBytes(taken);
        return taken;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
