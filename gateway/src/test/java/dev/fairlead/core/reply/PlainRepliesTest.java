package dev.fairlead.core.reply;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.upstream.Heard;
import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whatever comes, and however it is cut into pieces: the gateway's own reader tells what Netty's decoder tells.
class PlainRepliesTest {
    private static final List<String> HEADERS = List.of(
            "Content-Type: application/json\r\n",
            "Vary: Origin\r\n",
            "Connection: keep-alive\r\n",
            "connection:CLOSE\r\n",
            "Retry-After: 3\r\n",
            "retry-after: \t\r\n",
            "Content-Encoding: identity\r\n");
    private static final String PRINTABLE =
            IntStream.rangeClosed(' ', 0xff).mapToObj(Character::toString).collect(Collectors.joining());
    private static final String[] WORDS = {
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 \r\n",
        "HTTP/1.1 200\r\n",
        "HTTP/1.1 503 Too Busy\r\n",
        "HTTP/1.1 204 No Content\r\n",
        "HTTP/1.1 304 Not Modified\r\n",
        "HTTP/1.1 100 Continue\r\n",
        "HTTP/1.1 101 Switching\r\n",
        "HTTP/1.1 999 ?\r\n",
        "HTTP/1.0 200 OK\r\n",
        "HTTP/2 200 OK\r\n",
        "http/1.1 200 OK\r\n",
        "SSH-2.0\r\n",
        "Content-Length: 5\r\n",
        "content-length:5 \r\n",
        "CONTENT-LENGTH: 0\r\n",
        "Content-Length: 05\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: 5, 5\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Length: \r\n",
        "Content-Length : 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "transfer-encoding:\tchunked\t\r\n",
        "Transfer-Encoding: Chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Content-Encoding: identity\r\n",
        "Content-Encoding: br\r\n",
        "Connection: close\r\n",
        "Connection: Keep-Alive\r\n",
        "Connection: upgrade, close\r\n",
        "Connection: upgrade\r\n",
        "Retry-After: 7 \r\n",
        "Retry-After:\r\n",
        "retry-after: Fri, 31 Dec 1999 23:59:59 GMT\r\n",
        "Vary: Origin\r\n",
        "X-\u00e9: \u00ff\r\n",
        "X: \u00ff\t\u0080 \r\n",
        "X:\r\n",
        ": nameless\r\n",
        "no colon\r\n",
        " folded\r\n",
        "X: control\u0001\u007f\r\n",
        "X: carriage\rreturn\r\n",
        "X:\u000b1\r\n",
        "X: bare line feed\n",
        "\r\n",
        "\r\n",
        "\r\n",
        "\n",
        "\r",
        "hello",
        "{\"a\"}",
        "5\r\nhello\r\n",
        "a\r\n0123456789\r\n",
        "A;x=y\r\n0123456789\r\n",
        "5 \r\nhello\r\n",
        "5\nhello\r\n",
        "5\r\nhello--",
        "0\r\n\r\n",
        "000\r\n\r\n",
        "0\r\nTrailer: x\r\n\r\n",
        "0\r\nContent-Length: 3\r\n\r\n",
        "0000000000005\r\nhello\r\n",
        "80000000\r\nhello\r\n",
        "-1\r\n",
        "x",
    };

    @Test
    void wordsOfTheProtocolInAnyOrder() {
        Property.holds(4000, any -> wordsOfTheProtocolInAnyOrder(any.bytes(0, 14), any.list(0, 6, any::anyInt)));
    }

    private void wordsOfTheProtocolInAnyOrder(byte[] choices, List<Integer> cuts) {
        var text = new StringBuilder();
        for (byte choice : choices) text.append(WORDS[(choice & 0xff) % WORDS.length]);

        checkSame(text.toString(), cuts);
    }

    @Test
    void wordsOfTheProtocolBehindAPlainBeginning() {
        Property.holds(
                4000,
                any -> wordsOfTheProtocolBehindAPlainBeginning(
                        any.bytes(0, 8), any.list(0, 6, any::anyInt), any.anyByte()));
    }

    private void wordsOfTheProtocolBehindAPlainBeginning(byte[] choices, List<Integer> cuts, byte first) {
        var text = new StringBuilder(WORDS[0]);
        text.append(WORDS[first % 2 == 0 ? 13 : 22]);
        if (first % 3 == 0) text.append("\r\n");
        for (byte choice : choices) text.append(WORDS[(choice & 0xff) % WORDS.length]);

        checkSame(text.toString(), cuts);
    }

    @Test
    void plainReplies() {
        Property.holds(4000, any -> plainReplies(plain(any), any.list(0, 8, any::anyInt)));
    }

    private void plainReplies(String replies, List<Integer> cuts) {
        List<byte[]> pieces = pieces(replies, cuts);

        Heard.All heard = Heard.of(pieces);

        assertThat(heard.plain()).isTrue();
        assertThat(heard)
                .extracting(Heard.All::events, Heard.All::lost)
                .containsExactly(Heard.byNetty(pieces).events(), 0L);
    }

    @Test
    void plainRepliesWithFaultyBytes() {
        Property.holds(
                8000,
                any -> plainRepliesWithFaultyBytes(
                        plain(any), any.list(1, 3, any::anyInt), bytes(any), any.list(0, 4, any::anyInt)));
    }

    private void plainRepliesWithFaultyBytes(String replies, List<Integer> places, char other, List<Integer> cuts) {
        var text = new StringBuilder(replies);
        for (int place : places) {
            int at = Math.floorMod(place, text.length());
            switch (Math.floorMod(place / 7, 3)) {
                case 0 -> text.setCharAt(at, other);
                case 1 -> text.insert(at, other);
                default -> text.deleteCharAt(at);
            }
            if (text.isEmpty()) return;
        }

        checkSame(text.toString(), cuts);
    }

    @Test
    void anEndBehindHalfOfAChunksEnd() {
        String chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello";
        for (char half = 0; half <= 0xff; half++) {
            checkSame(chunk + half, List.of());
            checkSame(chunk + half, List.of(chunk.length()));
        }
    }

    @Test
    void plainRepliesByteByByteAndEndedAnywhere() {
        Property.holds(300, any -> plainRepliesByteByByteAndEndedAnywhere(plain(any), any.anyInt()));
    }

    private void plainRepliesByteByByteAndEndedAnywhere(String replies, int end) {
        checkSame(replies.substring(0, Math.floorMod(end, replies.length())), everyByte(replies.length()));
    }

    @Test
    void longHeads() {
        Property.holds(200, any -> longHeads(plain(any), sizes(any), any.list(0, 4, any::anyInt)));
    }

    private void longHeads(String replies, int size, List<Integer> cuts) {
        String longer = replies.replaceFirst("\r\n", "\r\nX-Long: " + "x".repeat(size) + "\r\n");

        checkSame(longer, cuts);
    }

    private static int sizes(Generator any) {
        return any.made(() -> any.between(300, 700), () -> any.between(3800, 4200), () -> any.between(65_000, 66_000));
    }

    private static char bytes(Generator any) {
        return any.bool() ? any.oneOf('\r', '\n', ' ', '\t', ':', ';', '0', 'f', ',') : (char) any.between(0, 0xff);
    }

    private static String plain(Generator any) {
        return String.join("", any.list(1, 3, () -> reply(any)));
    }

    private static String reply(Generator any) {
        String status = any.oneOf("200 OK", "200 ", "429 Too Many Requests", "503 \u00e9");
        String length = any.oneOf("Content-Length: ", "content-length:", "CONTENT-length:\t ");
        String body = any.text(PRINTABLE, 0, 700);
        return reply(status, any.list(0, 4, () -> any.oneOf(HEADERS)), body, length, any.between(0, 300));
    }

    /// @param chunk bytes in a chunk, or 0 for a length
    private static String reply(String status, List<String> headers, String body, String length, int chunk) {
        String head = "HTTP/1.1 " + status + "\r\n" + String.join("", headers);
        if (chunk == 0 || chunk > 200) return head + length + body.length() + "\r\n\r\n" + body;
        var chunks = new StringBuilder(head).append("Transfer-Encoding: chunked\r\n\r\n");
        for (int at = 0; at < body.length(); at += chunk) {
            String next = body.substring(at, Math.min(body.length(), at + chunk));
            String size = Integer.toHexString(next.length());
            chunks.append(at % 2 == 0 ? size : "0" + size.toUpperCase(Locale.ROOT))
                    .append("\r\n")
                    .append(next)
                    .append("\r\n");
        }
        return chunks.append("0\r\n\r\n").toString();
    }

    private static void checkSame(String text, List<Integer> cuts) {
        List<byte[]> pieces = pieces(text, cuts);

        Heard.All heard = Heard.of(pieces);

        assertThat(heard.events()).isEqualTo(Heard.byNetty(pieces).events());
        assertThat(heard.lost()).isZero();
    }

    private static List<Integer> everyByte(int length) {
        var cuts = new ArrayList<Integer>();
        for (int i = 0; i < length; i++) cuts.add(i);
        return cuts;
    }

    private static List<byte[]> pieces(String text, List<Integer> cuts) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        var at = new TreeSet<Integer>();
        for (int cut : cuts) at.add(Math.floorMod(cut, bytes.length + 1));
        at.add(bytes.length);
        var pieces = new ArrayList<byte[]>();
        int from = 0;
        for (int to : at) {
            if (to > from) pieces.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return pieces;
    }
}
