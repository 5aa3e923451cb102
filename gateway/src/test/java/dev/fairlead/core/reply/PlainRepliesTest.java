package dev.fairlead.core.reply;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.upstream.Heard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/// Whatever comes, and however it is cut into pieces: the gateway's own reader tells what Netty's decoder tells.
class PlainRepliesTest {
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

    @Property(tries = 4000)
    void wordsOfTheProtocolInAnyOrder(
            @ForAll @Size(max = 14) byte[] choices, @ForAll @Size(max = 6) List<Integer> cuts) {
        var text = new StringBuilder();
        for (byte choice : choices) text.append(WORDS[(choice & 0xff) % WORDS.length]);

        checkSame(text.toString(), cuts);
    }

    @Property(tries = 4000)
    void wordsOfTheProtocolBehindAPlainBeginning(
            @ForAll @Size(max = 8) byte[] choices, @ForAll @Size(max = 6) List<Integer> cuts, @ForAll byte first) {
        var text = new StringBuilder(WORDS[0]);
        text.append(WORDS[first % 2 == 0 ? 13 : 22]);
        if (first % 3 == 0) text.append("\r\n");
        for (byte choice : choices) text.append(WORDS[(choice & 0xff) % WORDS.length]);

        checkSame(text.toString(), cuts);
    }

    @Property(tries = 4000)
    void plainReplies(@ForAll("plain") String replies, @ForAll @Size(max = 8) List<Integer> cuts) {
        List<byte[]> pieces = pieces(replies, cuts);

        Heard.All heard = Heard.of(pieces);

        assertThat(heard.plain()).isTrue();
        assertThat(heard)
                .extracting(Heard.All::events, Heard.All::lost)
                .containsExactly(Heard.byNetty(pieces).events(), 0L);
    }

    @Property(tries = 8000)
    void plainRepliesWithFaultyBytes(
            @ForAll("plain") String replies,
            @ForAll @Size(min = 1, max = 3) List<Integer> places,
            @ForAll("bytes") char other,
            @ForAll @Size(max = 4) List<Integer> cuts) {
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

    @Example
    void anEndBehindHalfOfAChunksEnd() {
        String chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello";
        for (char half = 0; half <= 0xff; half++) {
            checkSame(chunk + half, List.of());
            checkSame(chunk + half, List.of(chunk.length()));
        }
    }

    @Property(tries = 300)
    void plainRepliesByteByByteAndEndedAnywhere(@ForAll("plain") String replies, @ForAll int end) {
        checkSame(replies.substring(0, Math.floorMod(end, replies.length())), everyByte(replies.length()));
    }

    @Property(tries = 200)
    void longHeads(
            @ForAll("plain") String replies, @ForAll("sizes") int size, @ForAll @Size(max = 4) List<Integer> cuts) {
        String longer = replies.replaceFirst("\r\n", "\r\nX-Long: " + "x".repeat(size) + "\r\n");

        checkSame(longer, cuts);
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(300, 700),
                Arbitraries.integers().between(3800, 4200),
                Arbitraries.integers().between(65_000, 66_000));
    }

    @Provide
    Arbitrary<Character> bytes() {
        return Arbitraries.oneOf(
                Arbitraries.of('\r', '\n', ' ', '\t', ':', ';', '0', 'f', ','),
                Arbitraries.chars().range('\0', '\u00ff'));
    }

    @Provide
    Arbitrary<String> plain() {
        Arbitrary<String> body =
                Arbitraries.strings().withCharRange(' ', '\u00ff').ofMaxLength(700);
        Arbitrary<String> one = Combinators.combine(
                        Arbitraries.of("200 OK", "200 ", "429 Too Many Requests", "503 \u00e9"),
                        Arbitraries.of(
                                        "Content-Type: application/json\r\n",
                                        "Vary: Origin\r\n",
                                        "Connection: keep-alive\r\n",
                                        "connection:CLOSE\r\n",
                                        "Retry-After: 3\r\n",
                                        "retry-after: \t\r\n",
                                        "Content-Encoding: identity\r\n")
                                .list()
                                .ofMaxSize(4),
                        body,
                        Arbitraries.of("Content-Length: ", "content-length:", "CONTENT-length:\t "),
                        Arbitraries.integers().between(0, 300))
                .as(PlainRepliesTest::reply);
        return one.list().ofMinSize(1).ofMaxSize(3).map(list -> String.join("", list));
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
