package dev.fairlead.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// What the bench's node says: large and small replies that lie ready, and a chain that grows.
final class CannedReplies {
    static final String SMALL = "eth_getBalance";
    static final String MEDIUM = "eth_getLogs";
    static final String LARGE = "trace_block";

    /// A reply with this value is 100 bytes long.
    private static final String SMALL_VALUE = "\"0x" + "a".repeat(62) + "\"";

    private static final long BLOCK_SECONDS = 2;

    private final ByteBuf small = ready(SMALL_VALUE);
    private final ByteBuf medium = ready("[\"0x" + "b".repeat(30 * 1024) + "\"]");
    private final ByteBuf large = ready("[\"0x" + "c".repeat(1024 * 1024) + "\"]");

    /// The reply to the request body between two places of `seen`.
    ByteBuf to(byte[] seen, int from, int to, ByteBufAllocator buffers) {
        int id = find(seen, from, to, "\"id\":");
        int method = find(seen, from, to, "\"method\":\"");
        if (id < 0 || method < 0)
            return http("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,"
                    + "\"message\":\"not one of the bench's calls\"}}");
        boolean one = seen[id] == '1' && (seen[id + 1] == ',' || seen[id + 1] == '}');
        if (one) {
            if (starts(seen, method, SMALL)) return small.retainedDuplicate();
            if (starts(seen, method, MEDIUM)) return medium.retainedDuplicate();
            if (starts(seen, method, LARGE)) return large.retainedDuplicate();
        }
        int end = id;
        while (seen[end] != ',' && seen[end] != '}') end++;
        String told = new String(seen, id, end - id, StandardCharsets.UTF_8);
        return body(told, value(new String(seen, method, to - method, StandardCharsets.UTF_8)), buffers);
    }

    private static String value(String call) {
        long head = Instant.now().getEpochSecond() / BLOCK_SECONDS;
        String method = call.substring(0, call.indexOf('"'));
        return switch (method) {
            case SMALL -> SMALL_VALUE;
            case "eth_chainId" -> "\"0x1\"";
            case "net_version" -> "\"1\"";
            case "eth_blockNumber" -> hex(head);
            case "eth_syncing" -> "false";
            case "net_peerCount" -> "\"0x19\"";
            case "web3_clientVersion" -> "\"bench/v1\"";
            case "eth_getBlockByNumber" -> block(asked(call, head));
            default -> "null";
        };
    }

    private static long asked(String call, long head) {
        int at = call.indexOf("[\"0x");
        return at < 0 ? head : Long.parseLong(call.substring(at + 4, call.indexOf('"', at + 4)), 16);
    }

    private static String block(long number) {
        return "{\"number\":%s,\"hash\":\"0x%064x\",\"parentHash\":\"0x%064x\",\"timestamp\":%s,\"transactions\":[]}"
                .formatted(hex(number), number + 1, number, hex(number * BLOCK_SECONDS));
    }

    private static String hex(long number) {
        return "\"0x" + Long.toHexString(number) + "\"";
    }

    private static ByteBuf body(String id, String value, ByteBufAllocator buffers) {
        byte[] text = text("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + value + "}");
        return buffers.directBuffer(text.length).writeBytes(text);
    }

    private static ByteBuf http(String body) {
        return Unpooled.wrappedBuffer(text(body));
    }

    private static ByteBuf ready(String value) {
        byte[] text = text("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + value + "}");
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(text.length).writeBytes(text));
    }

    private static byte[] text(String body) {
        return ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean starts(byte[] seen, int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (seen[at + i] != word.charAt(i)) return false;
        }
        return true;
    }

    private static int find(byte[] seen, int from, int to, String word) {
        for (int i = from; i < to - word.length(); i++) {
            if (seen[i] == '"' && starts(seen, i, word)) return i + word.length();
        }
        return -1;
    }
}
