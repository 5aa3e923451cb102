package dev.fairlead.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/// Closes a connection at once, without the closing messages of TLS and HTTP/2: those take time, or would make
/// an answer that is cut short look complete.
public final class AbruptClose {
    private AbruptClose() {}

    public static void on(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first == null) channel.close();
        else first.close();
    }
}
