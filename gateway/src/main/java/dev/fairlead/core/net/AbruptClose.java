package dev.fairlead.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/// Closes a connection without another word: past TLS and HTTP/2, whose own endings take time, or would make what was
/// said look complete.
public final class AbruptClose {
    private AbruptClose() {}

    public static void on(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first == null) channel.close();
        else first.close();
    }
}
