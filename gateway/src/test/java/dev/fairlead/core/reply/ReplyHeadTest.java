package dev.fairlead.core.reply;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.reply.ReplyHead.Other;
import dev.fairlead.core.reply.ReplyHead.Plain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyHeadTest {
    @Test
    void gethIsPlain() {
        String head = """
                HTTP/1.1 200 OK
                Content-Type: application/json
                Date: Fri, 21 Nov 2025 07:51:00 GMT
                Content-Length: 41

                """;

        assertThat(read(head)).isEqualTo(plain(head, 200, 41, true, null));
    }

    @Test
    void nethermindIsPlain() {
        String head = """
                HTTP/1.1 200 OK
                Content-Type: application/json
                Date: Fri, 21 Nov 2025 07:51:00 GMT
                Server: Kestrel
                Transfer-Encoding: chunked

                """;

        assertThat(read(head)).isEqualTo(plain(head, 200, -1, true, null));
    }

    @Test
    void aRentedNodeThatAsksForPatienceIsPlain() {
        String head = """
                HTTP/1.1 429 Too Many Requests
                connection: close
                retry-after: 30
                set-cookie: __cf_bm=a.b-1; path=/; HttpOnly
                content-length: 0

                """;

        assertThat(read(head)).isEqualTo(plain(head, 429, 0, false, "30"));
    }

    @Test
    void everyBeginningOfAPlainHeadIsUnfinished() {
        String head = wire("HTTP/1.1 200 OK\nContent-Length: 41\nConnection: keep-alive\n\n");

        for (int size = 0; size < head.length(); size++) {
            assertThat(ReplyHeadScan.of(head.getBytes(ISO_8859_1), size)).isEqualTo(Other.UNFINISHED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\nContent-Length: 1\n\n",
                "HTTP/1.1 100 Continue\nContent-Length: 1\n\n",
                "HTTP/1.1 204 No Content\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 1\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 1\nTransfer-Encoding: chunked\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: gzip, chunked\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Encoding: gzip\n\n",
                "HTTP/1.1 200 OK\nContent-Length: -1\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 01\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 1234567890123456\n\n",
                "HTTP/1.1 200 OK\nContent-Length : 1\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 1\nConnection: keep-alive, close\n\n",
                "HTTP/1.1 200 OK\nX: a\n b\nContent-Length: 1\n\n",
                "HTTP/1.1 200 OK\nX: \u0000\nContent-Length: 1\n\n",
            })
    void whatIsNotPlainIsLeftToNetty(String head) {
        assertThat(read(head)).isEqualTo(Other.UNUSUAL);
    }

    private static ReplyHead read(String head) {
        byte[] bytes = (wire(head) + "{\"a\":1}").getBytes(ISO_8859_1);
        return ReplyHeadScan.of(bytes, bytes.length);
    }

    private static Plain plain(String head, int status, long length, boolean lasting, @Nullable String retryAfter) {
        return new Plain(wire(head).length(), status, length, lasting, retryAfter);
    }

    private static String wire(String head) {
        return head.replace("\n", "\r\n");
    }
}
