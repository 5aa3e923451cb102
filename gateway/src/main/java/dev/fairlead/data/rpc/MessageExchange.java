package dev.fairlead.data.rpc;

import dev.fairlead.core.memory.Lease;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One message with calls and its place for the answer, whatever transport it came by: an HTTP request, later a
/// WebSocket message.
public interface MessageExchange {
    /// Unique in this process; a single call has it too.
    long serial();

    /// The client's name for the message, or null.
    @Nullable
    String requestId();

    /// The client's name for the message, or else the gateway's.
    String name();

    /// `System.nanoTime()` at its first byte.
    long startedAt();

    /// `System.nanoTime()` at which its calls must get an answer.
    long deadline();

    /// The memory that the message's bytes take, or null when they are few.
    @Nullable
    Lease body();

    /// Takes so many more bytes of the heap for its calls.
    ///
    /// @return false when there is no room for them; nothing is taken then
    boolean take(long bytes);

    /// Counts so many more bytes for its calls, which exist already.
    void add(long bytes);

    /// Whether the client has much to read before this.
    boolean isBehind();

    /// More of its calls may be made.
    void mayAskMore();

    /// The answer of its only call; takes the bytes over. The first answer counts.
    ///
    /// @param rest what follows `said`, or null when that is all
    void answer(RpcAnswer said, @Nullable AnswerRest rest);

    /// Drops the answer of its only call, which waits for its turn: `again` gives the call that is made once that has
    /// come.
    ///
    /// @return false when the answer has begun to leave
    boolean takeBack(Supplier<CallOrBatch> again);

    /// The answers of its batch, or the beginning of them.
    ///
    /// @param rest what follows `body`, or null when that is all
    void answerBatch(ByteBuf body, @Nullable AnswerRest rest);

    /// The client waits for no answer, because all of its calls are notifications.
    void answerNothing();
}
