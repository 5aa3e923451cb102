package dev.fairlead.core.upstream;

import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.reply.Outcome;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The nodes as one event loop sees them. Called on that loop only, and answers on it.
public interface Upstream {
    /// Asks `node` once. `ended` is called exactly once, possibly before this method returns.
    ///
    /// @param peer the client, for its turn if the call must wait for a connection
    /// @param past the marks of the gateways that the request came through, as [RequestMark#past] tells, or null
    /// @param now `System.nanoTime()`, which the caller has just looked at
    /// @param timeout until the reply has begun (and, for a reply that is held until whole, has ended)
    Attempt attempt(
            Node node,
            Request request,
            Peer peer,
            @Nullable String past,
            long now,
            Duration timeout,
            Consumer<Outcome> ended);

    /// An attempt under way.
    interface Attempt {
        /// The client no longer wants the answer; `ended` will not be called any more.
        void cancel();
    }
}
