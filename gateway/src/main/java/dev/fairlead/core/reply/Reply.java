package dev.fairlead.core.reply;

import dev.fairlead.core.jsonrpc.RpcError;
import io.netty.buffer.ByteBuf;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A node's answer, ready for the client: a legal JSON-RPC response with the client's own id, result bytes
/// untouched. Its holder owns the bytes: write [#body()] or call [#discard()], never both.
///
/// @param body the whole response, or its beginning when there is a `rest`
/// @param valueAt where in `body` the value of `result` begins; for an error reply, that of `error`
/// @param error what the node objected to, parsed, or null for a result
/// @param length of the whole response in bytes, or -1 when the node did not tell
/// @param rest what is still to come, or null when `body` is all
public record Reply(
        ByteBuf body,
        int valueAt,
        @Nullable RpcError error,
        long length,
        @Nullable Rest rest) {
    public boolean isWhole() {
        return rest == null;
    }

    public void discard() {
        body.release();
        if (rest != null) rest.abort();
    }

    /// The part of a large reply that is still on its way. Nothing is read from the node until [#into] is called.
    /// All calls happen on the event loop of the attempt.
    public interface Rest {
        void into(Sink sink);

        /// Stops and resumes reading from the node, so that a slow reader costs no memory.
        void pause();

        void resume();

        /// The client goes on reading what it was given, though slower than the node sends.
        default void taken() {}

        /// Whether other attempts wait for the connection that this reply takes.
        default boolean isWanted() {
            return false;
        }

        /// Whether more of it is awaited from a side that has a deadline: a node that is read, or a call. If
        /// not, the reader of this reply must make the next move.
        default boolean isAwaited() {
            return true;
        }

        /// Why it will never be complete, even if parts are still to be passed on; null while it may be.
        default @Nullable String brokenOff() {
            return null;
        }

        /// Sets what to ask before its connection is taken away for the sake of calls that wait for one: true when
        /// the holder has given this reply up, to ask for it again. Otherwise, it breaks off.
        default void onReclaim(BooleanSupplier isGivenUp) {}

        /// Sets what to call when the rest turns out to be no answer: then the node is at fault, although the
        /// beginning was good.
        default void onFault(Consumer<String> told) {}

        /// Gives up: the connection to the node is closed.
        void abort();
    }

    /// Takes the rest of a reply: any number of parts, with a lull whenever no more is at hand, then one end or one
    /// cut.
    public interface Sink {
        /// Ownership of `part` passes to the sink.
        void part(ByteBuf part);

        /// No part is at hand for the moment: whatever was passed on need not wait for more.
        default void lull() {}

        void end();

        /// The node broke off; what was relayed so far cannot be completed.
        void cut(String cause);
    }
}
