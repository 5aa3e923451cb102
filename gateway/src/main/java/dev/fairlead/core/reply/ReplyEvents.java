package dev.fairlead.core.reply;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// What comes from the node on one connection, whichever codec reads the bytes. For each reply: begun, any
/// number of parts, then ended or garbled. All on the connection's event loop.
public interface ReplyEvents {
    /// The first bytes of a reply have come, and not yet the end of its head.
    void early();

    /// @param length of the body as the node announced it, or -1
    /// @param lasting whether the connection may be used again after this reply
    /// @param retryAfter value of that header
    void begun(int status, long length, boolean lasting, @Nullable String retryAfter);

    /// Ownership of `part` passes to the receiver.
    void part(ByteBuf part);

    void ended();

    /// The bytes are no HTTP; nothing that follows can be understood.
    void garbled(String cause);

    /// One read from the socket has been passed on, and it did not end the reply.
    void lull();

    /// Everything that came in one go has been passed on.
    void drained();

    /// The connection is closed.
    ///
    /// @param failure null when the node closed it in the regular way
    void gone(@Nullable Throwable failure);
}
