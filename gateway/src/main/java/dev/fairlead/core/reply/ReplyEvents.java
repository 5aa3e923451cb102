package dev.fairlead.core.reply;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// What one connection hears from its node, whatever codec reads the bytes. For each reply: begun, any number of
/// parts, then ended or garbled. All on the connection's event loop.
public interface ReplyEvents {
    /// The first bytes of a reply have come, and not yet the end of its head.
    void early();

    /// @param length of the body as the node announced it, or -1
    /// @param lasting whether the connection may be used again after this reply
    /// @param retryAfter value of that header
    void begun(int status, long length, boolean lasting, @Nullable String retryAfter);

    /// Ownership passes to the hearer.
    void part(ByteBuf part);

    void ended();

    /// The bytes are no HTTP; nothing that follows can be understood.
    void garbled(String cause);

    /// What one look at the socket brought has been told, and it was not the end of the reply.
    void lull();

    /// Everything that came at once has been told.
    void drained();

    /// The connection is closed.
    ///
    /// @param failure null when the node closed it in the regular way
    void gone(@Nullable Throwable failure);
}
