package dev.fairlead.core.reply;

import dev.fairlead.core.upstream.Rig;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.json.JsonMapper;

/// Large replies of nodes, and clients that read them.
class LargeReplies {
    static final JsonMapper JSON = new JsonMapper();
    static final String MUCH = "z".repeat(1_000_000);
    Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    static String chunked(String body, int size) {
        var chunks = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int from = 0; from < body.length(); from += size) {
            String chunk = body.substring(from, Math.min(body.length(), from + size));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return chunks.append("0\r\n\r\n").toString();
    }

    static Reply.Rest rest(Reply reply) {
        if (reply.rest() == null) throw new AssertionError("the reply is whole");
        return reply.rest();
    }
}
