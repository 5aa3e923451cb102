package dev.fairlead.core.net;

import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What must be known before a connection can be opened.
///
/// @param addresses to be tried in this order
/// @param tls null connects in clear text
record DialTarget(List<InetAddress> addresses, @Nullable SslContext tls) {}
