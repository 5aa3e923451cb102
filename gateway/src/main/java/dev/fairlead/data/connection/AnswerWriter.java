package dev.fairlead.data.connection;

import dev.fairlead.data.http.Cors;
import dev.fairlead.data.http.GzipEncoder;
import dev.fairlead.data.http.HttpAnswer;
import dev.fairlead.data.http.RequestHead;
import dev.fairlead.data.http.UsualResponseHead;
import dev.fairlead.data.rpc.AnswerRest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/// Frames answers for one channel: lengths and chunks, compression, CORS, and whether the connection stays
/// open.
final class AnswerWriter {
    /// Below this many bytes, compressing costs more than it saves.
    private static final int WORTH_COMPRESSING = 1024;
    /// Large bodies go in slices, so that a slow reader's progress can be seen.
    private static final int SLICE = 64 * 1024;

    private final LoopContext context;
    private final Channel channel;
    private final UsualResponseHead usualHead;
    private @Nullable ChannelHandlerContext encoder;

    AnswerWriter(LoopContext context, Channel channel) {
        this.context = context;
        this.channel = channel;
        this.usualHead = context.usualResponseHead();
    }

    /// @param last whether the connection ends with it
    void whole(HttpExchange exchange, HttpAnswer answer, boolean last) {
        ChannelHandlerContext past = last ? null : encoder();
        if (past != null && isPlain(exchange, answer)) plain(past, answer.body());
        else encoded(exchange, answer, last);
    }

    /// Whether the answer has the head that nearly all have: a result, to a client that gave its request no
    /// name. Such an answer goes without a request name of ours, because no client would look for it.
    private boolean isPlain(HttpExchange exchange, HttpAnswer answer) {
        int size = answer.body().readableBytes();
        return answer.particular() == null
                && answer.status().code() == HttpResponseStatus.OK.code()
                && exchange.head().isUsual()
                && size <= SLICE
                && (size < WORTH_COMPRESSING || !compresses(exchange));
    }

    /// Writes past the encoder, because the bytes of this head are known: into the place of the node's head,
    /// if the body came behind one; else a small body is copied behind its head, which costs less than a
    /// second buffer.
    private void plain(ChannelHandlerContext past, ByteBuf body) {
        int size = body.readableBytes();
        byte[] head = usualHead.bytes();
        int length = usualHead.of(size);
        if (hasRoomBefore(body, length)) {
            body.readerIndex(body.readerIndex() - length).setBytes(body.readerIndex(), head, 0, length);
            past.write(body, past.voidPromise());
            return;
        }
        byte[] scratch = context.scratch();
        boolean copied = size <= scratch.length;
        ByteBuf start = past.alloc().directBuffer(length + (copied ? size : 0)).writeBytes(head, 0, length);
        if (copied) {
            body.readBytes(scratch, 0, size); // from buffer to buffer would make a view of either
            start.writeBytes(scratch, 0, size);
            body.release();
        }
        past.write(start, past.voidPromise());
        if (!copied) past.write(body, past.voidPromise());
    }

    /// Whether the bytes before the body are free to use. While other answers wait for the client, a body is
    /// copied all the same, because a receive buffer takes more memory than its content.
    private boolean hasRoomBefore(ByteBuf body, int size) {
        return body.readerIndex() >= size
                && body.refCnt() == 1
                && body.unwrap() == null
                && channel.bytesBeforeUnwritable() > LoopContext.WATER_MARK.high();
    }

    /// The handler behind the encoder in the pipeline; null for streams of HTTP/2.
    private @Nullable ChannelHandlerContext encoder() {
        if (encoder == null) encoder = channel.pipeline().context(HttpResponseEncoder.class);
        return encoder;
    }

    private void encoded(HttpExchange exchange, HttpAnswer answer, boolean last) {
        RequestHead head = exchange.head();
        HttpHeaders headers = answer.headers();
        ByteBuf body = answer.body();
        if (compresses(exchange) && body.readableBytes() >= WORTH_COMPRESSING) body = compressed(headers, body);
        if (answer.status().code() != HttpResponseStatus.NO_CONTENT.code()) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.readableBytes()));
        }
        common(headers, exchange, last);
        if (head.bare()) {
            body.release();
            body = Unpooled.EMPTY_BUFFER;
        }
        if (body.readableBytes() <= SLICE) {
            channel.write(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, answer.status(), body, headers, EmptyHttpHeaders.INSTANCE));
        } else {
            channel.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status(), headers));
            slices(body);
        }
    }

    private void slices(ByteBuf body) {
        while (body.isReadable()) {
            int size = Math.min(SLICE, body.readableBytes());
            channel.write(new DefaultHttpContent(body.readRetainedSlice(size)));
        }
        body.release();
        channel.write(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /// Writes the head of a large reply; its body follows through what is returned.
    StreamedAnswer stream(
            StreamedAnswer.Owner owner, HttpExchange exchange, HttpAnswer answer, AnswerRest rest, boolean last) {
        RequestHead head = exchange.head();
        HttpHeaders headers = answer.headers();
        GzipEncoder gzip = null;
        if (compresses(exchange)) {
            gzip = context.takeCompressor();
            markCompressed(headers);
        }
        boolean known = rest.length() >= 0 && gzip == null;
        if (known) headers.set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(rest.length()));
        else if (head.chunks()) headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        common(headers, exchange, last);
        channel.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status(), headers));
        return new StreamedAnswer(owner, context, channel, rest, gzip);
    }

    /// Whether the end of this answer can only be told by closing: an HTTP/1.0 client and no known length.
    boolean endsByClosing(HttpExchange exchange, AnswerRest rest) {
        return !exchange.head().chunks() && (rest.length() < 0 || compresses(exchange));
    }

    private boolean compresses(HttpExchange exchange) {
        RequestHead head = exchange.head();
        return head.gzip() && !head.bare() && exchange.config().gzip();
    }

    private ByteBuf compressed(HttpHeaders headers, ByteBuf body) {
        markCompressed(headers);
        GzipEncoder gzip = context.takeCompressor();
        try {
            return gzip.part(context.buffers(), body, true);
        } finally {
            context.giveBack(gzip);
        }
    }

    private static void markCompressed(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
        headers.add(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
    }

    private void common(HttpHeaders headers, HttpExchange exchange, boolean last) {
        RequestHead head = exchange.head();
        if (last) headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        else if (!head.chunks()) headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        headers.set(HttpAnswer.REQUEST_ID, exchange.name());
        if (head.origin() != null) new Cors(exchange.config().corsOrigins()).mark(headers, head.origin());
    }
}
