package dev.fairlead.core.upstream;

import dev.fairlead.core.jsonrpc.Digits;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.RequestMark;
import dev.fairlead.core.reply.NodeRequest;
import dev.fairlead.core.reply.WireId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Puts the requests to one node together, each with one write into its buffer. Belongs to one event loop.
///
/// ```
/// POST / HTTP/1.1 … content-length: │ 61 ␍␊␍␊ {"jsonrpc":"2.0","id":7,"method":"eth_call","params":[…]}
/// └─ the same for every request ────┘
/// ```
final class RequestWriter {
    private static final byte[] BEFORE_ID = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] BEHIND_LENGTH = ascii("\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":");
    private static final Slice NO_PARAMS = Slice.of("[]");
    private static final int ROOM = 1024;
    /// Bytes for the short pieces behind the method's name and the params.
    private static final int SPARE = 16;

    private final MethodNameBytes names;
    private final byte[] bytes;
    private final int head;
    private int at;

    /// @param head all of the request up to its length
    RequestWriter(byte[] head, MethodNameBytes names) {
        this.names = names;
        this.bytes = Arrays.copyOf(head, head.length + ROOM);
        this.head = head.length;
    }

    /// The whole request, in a buffer of exactly its size.
    ByteBuf request(ByteBufAllocator buffers, NodeRequest wanted) {
        Request asked = wanted.request();
        byte[] name = names.written(asked.method());
        Slice params = asked.params();
        if (params.isEmpty()) params = NO_PARAMS;
        int size = params.size();
        int length = BEFORE_ID.length + WireId.DIGITS + name.length + size + 1;
        at = Digits.put(bytes, head, length);
        if (wanted.past() != null) put(ascii("\r\n" + RequestMark.HEADER + ": " + wanted.past()));
        int all = at + BEHIND_LENGTH.length - BEFORE_ID.length + length;
        ByteBuf request = buffers.directBuffer(all, all);
        put(BEHIND_LENGTH);
        at = Digits.put(bytes, at, wanted.id().sent());
        if (name.length <= bytes.length - at - SPARE) put(name);
        else writeTo(request).writeBytes(name);
        if (size <= bytes.length - at - SPARE) {
            at = params.copyTo(bytes, at);
        } else {
            writeTo(request).writeBytes(params.array(), params.from(), size);
        }
        bytes[at++] = '}';
        return writeTo(request);
    }

    private ByteBuf writeTo(ByteBuf request) {
        int from = request.isReadable() ? head : 0;
        request.writeBytes(bytes, from, at - from);
        at = head;
        return request;
    }

    private void put(byte[] text) {
        System.arraycopy(text, 0, bytes, at, text.length);
        at += text.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
