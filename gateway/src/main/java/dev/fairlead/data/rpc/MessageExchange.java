package dev.fairlead.data.rpc;

import dev.fairlead.core.memory.Lease;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// One message with calls and its place for the answer, whatever transport it came by: an HTTP request, later a
/// WebSocket message.
public interface MessageExchange {
    /// Unique in this process; a single call has it too.
    long serial();

    /// What the client calls the message, or null.
    @Nullable
    String requestId();

    /// What the client calls the message, or else what we call it.
    String name();

    /// `System.nanoTime()` at its first byte.
    long startedAt();

    /// `System.nanoTime()` at which its calls get an answer, whatever it is.
    long deadline();

    /// What the message's bytes take, or null when they are few.
    @Nullable
    Lease body();

    /// Its calls are to take so many bytes more of the heap.
    ///
    /// @return false when there is no room for them; nothing is taken then
    boolean take(long bytes);

    /// Its calls take so many bytes more, which are there already.
    void add(long bytes);

    /// Whether the client has much to read before this.
    boolean isBehind();

    /// More of its calls may be made.
    void mayAskMore();

    /// The answer of its only call; takes the bytes over. The first answer counts.
    ///
    /// @param rest what follows, or null when that is all
    void answer(RpcAnswer said, @Nullable AnswerRest rest);

    /// The answers of its batch, or the beginning of them.
    ///
    /// @param rest what follows, or null when that is all
    void answerBatch(ByteBuf body, @Nullable AnswerRest rest);

    /// Nobody waits for an answer to its calls: all are notifications.
    void answerNothing();
}
