package dev.fairlead.core.upstream;

import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Request;
import java.time.Duration;
import java.util.function.Consumer;

/// The nodes as one event loop sees them. Called on that loop only, and answers on it.
public interface Upstream {
    /// Asks `node` once. `ended` is called exactly once, possibly before this method returns.
    ///
    /// @param timeout until the reply has begun (and, for a reply that is held until whole, has ended)
    Attempt attempt(Node node, Request request, Duration timeout, Consumer<Outcome> ended);

    /// An attempt under way.
    interface Attempt {
        /// The client no longer wants the answer; `ended` will not be called any more.
        void cancel();
    }
}
