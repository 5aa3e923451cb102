package dev.fairlead.core.reply;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.net.NetworkErrors;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 replies as Netty's decoder reads them, told as [ReplyEvents]; those that [PlainReplies] can read
/// do not come here. The end of the connection is always reported from here.
public final class HttpReplies extends ChannelInboundHandlerAdapter {
    static final String NOT_HTTP = "reply is not valid HTTP";

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LARGEST_PART = 1024 * 1024;

    private final ReplyEvents events;
    private final Faults faults;
    private @Nullable Throwable failure;
    /// A `100 Continue` or its like is under way, which is not the reply.
    private boolean interim;
    /// The reply under way was begun by [PlainReplies].
    private boolean begun;

    public HttpReplies(ReplyEvents events, Faults faults) {
        this.events = events;
        this.faults = faults;
    }

    /// Puts Netty's decoder between this and the handler of `before`.
    ///
    /// @param amidst whether the reply that comes next has been begun already
    public void decode(ChannelHandlerContext before, boolean amidst) {
        begun = amidst;
        var config = new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_HEAD)
                .setMaxHeaderSize(LONGEST_HEAD)
                .setMaxChunkSize(LARGEST_PART)
                .setValidateHeaders(false)
                .setStrictLineParsing(false);
        before.pipeline()
                .addAfter(before.name(), null, new ReplyInflater())
                .addAfter(before.name(), null, new HttpResponseDecoder(config));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof HttpObject object)) {
            ReferenceCountUtil.release(message); // what follows a 101
            return;
        }
        if (object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            events.garbled(NOT_HTTP);
            return;
        }
        if (message instanceof HttpResponse head) begin(head);
        if (message instanceof HttpContent content) take(content);
    }

    private void begin(HttpResponse head) {
        interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        boolean known = begun;
        begun = false;
        if (interim || known) return;
        events.begun(
                head.status().code(),
                HttpUtil.getContentLength(head, -1L),
                HttpUtil.isKeepAlive(head),
                head.headers().get(HttpHeaderNames.RETRY_AFTER));
    }

    private void take(HttpContent content) {
        if (!interim && content.content().isReadable()) events.part(content.content());
        else content.release();
        if (!interim && content instanceof LastHttpContent) events.ended();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        events.drained();
        context.fireChannelReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        faults.isOurs(Part.UPSTREAM, "a connection to a node met a fault and is closed", cause);
        if (failure == null) failure = NetworkErrors.root(cause);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        events.gone(failure);
    }
}
