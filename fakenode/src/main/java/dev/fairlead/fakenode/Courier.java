package dev.fairlead.fakenode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Carries one [Parcel] to one HTTP connection and calls `delivered` when the next may follow.
/// Lives on the connection's event loop.
record Courier(ChannelHandlerContext context, boolean keepAlive, Runnable delivered) {
    private static final long ALL = Long.MAX_VALUE;

    void deliver(Parcel parcel) {
        if (parcel.delay.isZero()) {
            deliverNow(parcel);
        } else {
            later(parcel.delay, () -> deliverNow(parcel));
        }
    }

    private void deliverNow(Parcel parcel) {
        switch (parcel.fate) {
            case HUNG -> {}
            case RESET -> reset(context.channel());
            case ANSWERED -> send(parcel, !keepAlive);
            case CLOSED_AFTER -> send(parcel, true);
        }
    }

    /// Closes with RST instead of FIN, from any thread; only on its loop can the channel not close meanwhile.
    static void reset(Channel channel) {
        channel.eventLoop().execute(() -> {
            if (channel.isOpen()) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                channel.close();
            }
        });
    }

    private void send(Parcel parcel, boolean close) {
        switch (parcel.pace) {
            case Parcel.Pace.Whole _ when parcel.filler == 0 -> sendAtOnce(parcel, close);
            case Parcel.Pace.Whole _ -> sendSized(parcel, new Pieces(parcel), Duration.ZERO, close);
            case Parcel.Pace.Trickle(var bytes, var tick) ->
                sendSized(parcel, new Pieces(parcel, List.of(bytes), ALL), tick, close);
            case Parcel.Pace.Cut(var after) -> sendCut(parcel, after);
            case Parcel.Pace.Chunks(var sizes) -> sendChunked(parcel, new Pieces(parcel, sizes, ALL), close);
        }
    }

    private void sendAtOnce(Parcel parcel, boolean close) {
        ByteBuf body = Unpooled.wrappedBuffer(parcel.head, parcel.tail);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status(parcel), body, parcel.headers, EmptyHttpHeaders.INSTANCE);
        prepare(response, close);
        HttpUtil.setContentLength(response, body.readableBytes());
        finish(context.writeAndFlush(response), close);
    }

    private void sendSized(Parcel parcel, Pieces pieces, Duration tick, boolean close) {
        var response = response(parcel, close);
        HttpUtil.setContentLength(response, parcel.length());
        context.writeAndFlush(response);
        pump(pieces, tick, close);
    }

    private void sendChunked(Parcel parcel, Pieces pieces, boolean close) {
        var response = response(parcel, close);
        HttpUtil.setTransferEncodingChunked(response, true);
        context.writeAndFlush(response);
        pump(pieces, Duration.ZERO, close);
    }

    private void sendCut(Parcel parcel, int after) {
        var response = response(parcel, false);
        HttpUtil.setContentLength(response, parcel.length());
        context.write(response);
        new Pieces(parcel, List.of(Integer.MAX_VALUE), after)
                .forEachRemaining(piece -> context.write(new DefaultHttpContent(piece)));
        finish(context.writeAndFlush(Unpooled.EMPTY_BUFFER), true);
    }

    /// Writes a piece, waits until the kernel took it and `tick` is over, then the next: memory stays flat.
    private void pump(Pieces pieces, Duration tick, boolean close) {
        if (!pieces.hasNext()) {
            finish(context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), close);
            return;
        }
        context.writeAndFlush(new DefaultHttpContent(pieces.next())).addListener(written -> {
            if (!written.isSuccess()) {
                context.close();
            } else if (tick.isZero()) {
                // Through the loop, because a listener of a finished write is called at once and would recurse.
                context.executor().execute(() -> pump(pieces, tick, close));
            } else {
                later(tick, () -> pump(pieces, tick, close));
            }
        });
    }

    private void finish(ChannelFuture written, boolean close) {
        if (close) {
            written.addListener(_ -> context.close());
        } else {
            delivered.run();
        }
    }

    private HttpResponse response(Parcel parcel, boolean close) {
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(parcel), parcel.headers);
        prepare(response, close);
        return response;
    }

    private static void prepare(HttpResponse response, boolean close) {
        HttpUtil.setKeepAlive(response, !close);
    }

    private static HttpResponseStatus status(Parcel parcel) {
        return HttpResponseStatus.valueOf(parcel.status);
    }

    private void later(Duration delay, Runnable task) {
        context.executor().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
