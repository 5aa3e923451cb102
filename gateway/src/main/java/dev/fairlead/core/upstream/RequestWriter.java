package dev.fairlead.core.upstream;

import dev.fairlead.core.jsonrpc.Digits;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.RequestMark;
import dev.fairlead.core.reply.NodeRequest;
import dev.fairlead.core.reply.WireId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Where the requests to one node are put together, so that each goes into its buffer at one stroke. Belongs to one
/// event loop.
///
/// ```
/// POST / HTTP/1.1 … content-length: │ 61 ␍␊␍␊ {"jsonrpc":"2.0","id":7,"method":"eth_call","params":[…]}
/// └─ the same for every request ────┘
/// ```
final class RequestWriter {
    private static final byte[] BEFORE_ID = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] BEHIND_LENGTH = ascii("\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] BEFORE_METHOD = ascii(",\"method\":");
    private static final byte[] BEFORE_PARAMS = ascii(",\"params\":");
    private static final Slice NO_PARAMS = Slice.of("[]");
    private static final int ROOM = 1024;

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
        byte[] name = names.written(wanted.request().method());
        Slice params = wanted.request().params().isEmpty()
                ? NO_PARAMS
                : wanted.request().params();
        int length = BEFORE_ID.length
                + WireId.DIGITS
                + BEFORE_METHOD.length
                + name.length
                + BEFORE_PARAMS.length
                + params.size()
                + 1;
        at = head;
        putNumber(length);
        if (wanted.past() != null) put(ascii("\r\n" + RequestMark.HEADER + ": " + wanted.past()));
        int size = at + BEHIND_LENGTH.length - BEFORE_ID.length + length;
        ByteBuf request = buffers.directBuffer(size, size);
        put(BEHIND_LENGTH);
        putNumber(wanted.id().sent());
        put(BEFORE_METHOD);
        if (fits(name.length)) put(name);
        else writeTo(request).writeBytes(name);
        put(BEFORE_PARAMS);
        if (fits(params.size())) put(params);
        else writeTo(request).writeBytes(params.array(), params.from(), params.size());
        bytes[at++] = '}';
        return writeTo(request);
    }

    /// Whether `size` bytes can stand here, and everything small behind them.
    private boolean fits(int size) {
        return bytes.length - at - 2 * BEFORE_PARAMS.length >= size;
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

    private void put(Slice text) {
        System.arraycopy(text.array(), text.from(), bytes, at, text.size());
        at += text.size();
    }

    private void putNumber(int number) {
        at = Digits.put(bytes, at, number);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
