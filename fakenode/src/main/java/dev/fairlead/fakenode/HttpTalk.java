package dev.fairlead.fakenode;

import dev.fairlead.fakenode.Received.Transport;
import dev.fairlead.fakenode.Talk.Answer;
import dev.fairlead.fakenode.Talk.Caller;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One HTTP connection. Pipelined requests wait until the answer before theirs is out.
final class HttpTalk extends ChannelInboundHandlerAdapter {
    private final Talk talk;
    private final Ethereum ethereum;
    private final Subscriptions subscriptions;
    private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean busy;

    HttpTalk(Talk talk, Ethereum ethereum, Subscriptions subscriptions) {
        this.talk = talk;
        this.ethereum = ethereum;
        this.subscriptions = subscriptions;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        waiting.add((FullHttpRequest) message);
        serve(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private void serve(ChannelHandlerContext context) {
        while (!busy && !waiting.isEmpty()) {
            FullHttpRequest request = waiting.remove();
            busy = true;
            try {
                serve(context, request);
            } finally {
                request.release();
            }
        }
    }

    private void serve(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            SocketTalk.upgrade(
                    context, request, new SocketTalk(talk, caller(request, Transport.WEB_SOCKET), subscriptions));
            return;
        }
        var courier = new Courier(context, HttpUtil.isKeepAlive(request), () -> ready(context));
        courier.deliver(request.method().equals(HttpMethod.POST) ? answer(request) : greeting());
    }

    private void ready(ChannelHandlerContext context) {
        busy = false;
        // When called while serving, the loop there goes on; otherwise it begins here.
        context.executor().execute(() -> serve(context));
    }

    private Parcel answer(FullHttpRequest request) {
        String body = request.content().toString(StandardCharsets.UTF_8);
        Answer answer = talk.answer(body, caller(request, Transport.HTTP));
        return Parcel.of(answer.reply(), answer.deliveries());
    }

    /// What geth says to a GET: 200 and nothing.
    private static Parcel greeting() {
        return Parcel.of(Reply.of(""), List.of());
    }

    private Caller caller(FullHttpRequest request, Transport transport) {
        Map<String, String> headers = talk.calls().recording() ? headers(request.headers()) : Map.of();
        return new Caller(transport, request.uri(), headers, ethereum::answer);
    }

    private static Map<String, String> headers(HttpHeaders received) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        received.forEach(header -> headers.merge(header.getKey(), header.getValue(), (a, b) -> a + "," + b));
        return Collections.unmodifiableMap(headers);
    }
}
