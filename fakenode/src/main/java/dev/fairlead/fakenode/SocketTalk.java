package dev.fairlead.fakenode;

import dev.fairlead.fakenode.Said.Value;
import dev.fairlead.fakenode.Talk.Answer;
import dev.fairlead.fakenode.Talk.Caller;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/// One WebSocket connection. Answers need not be in the order of the calls.
final class SocketTalk extends SimpleChannelInboundHandler<WebSocketFrame> {
    private final Talk talk;
    private final Caller caller;
    private final Subscriptions subscriptions;

    SocketTalk(Talk talk, Caller caller, Subscriptions subscriptions) {
        this.talk = talk;
        this.caller = caller;
        this.subscriptions = subscriptions;
    }

    static void upgrade(ChannelHandlerContext context, FullHttpRequest request, SocketTalk socket) {
        String url = "ws://" + request.headers().get(HttpHeaderNames.HOST, "localhost") + request.uri();
        var factory = new WebSocketServerHandshakerFactory(url, null, true, FakeNode.LARGEST_MESSAGE);
        var handshaker = factory.newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            return;
        }
        context.channel().attr(FakeNode.SOCKET).set(true);
        context.pipeline().addLast(new WebSocketFrameAggregator(FakeNode.LARGEST_MESSAGE), socket);
        handshaker.handshake(context.channel(), request);
        context.pipeline().remove(HttpTalk.class);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> answer(context, text.text());
            case PingWebSocketFrame ping ->
                context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            case CloseWebSocketFrame close -> closeAfter(context, close.retain());
            default -> {}
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        subscriptions.closeAll(context.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private void answer(ChannelHandlerContext context, String text) {
        Answer answer = talk.answer(text, here(context.channel()));
        Parcel parcel = Parcel.of(answer.reply(), answer.deliveries());
        if (parcel.delay.isZero()) {
            deliver(context, parcel);
        } else {
            context.executor().schedule(() -> deliver(context, parcel), parcel.delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static void deliver(ChannelHandlerContext context, Parcel parcel) {
        switch (parcel.fate) {
            case HUNG -> {}
            case RESET -> Courier.reset(context.channel());
            case ANSWERED -> send(context, parcel);
            case CLOSED_AFTER -> {
                send(context, parcel);
                closeAfter(context, new CloseWebSocketFrame(1000, ""));
            }
        }
    }

    /// One frame, so that no push comes between its parts; the pieces share their memory.
    private static void send(ChannelHandlerContext context, Parcel parcel) {
        if (parcel.length() == 0) {
            return;
        }
        var pieces = new ArrayList<ByteBuf>();
        new Pieces(parcel).forEachRemaining(pieces::add);
        ByteBuf whole = Unpooled.wrappedBuffer(Integer.MAX_VALUE, pieces.toArray(ByteBuf[]::new));
        context.writeAndFlush(new TextWebSocketFrame(whole));
    }

    private static void closeAfter(ChannelHandlerContext context, CloseWebSocketFrame farewell) {
        context.writeAndFlush(farewell).addListener(_ -> context.close());
    }

    /// The caller as seen from this channel: here subscriptions are possible.
    private Caller here(Channel channel) {
        return new Caller(caller.transport(), caller.path(), caller.headers(), call -> switch (call.method()) {
            case "eth_subscribe" ->
                Said.text(subscriptions.open(Params.of(call.params()).text(0), channel));
            case "eth_unsubscribe" ->
                new Value(Boolean.toString(
                        subscriptions.close(Params.of(call.params()).text(0), channel)));
            default -> caller.honest().answer(call);
        });
    }
}
