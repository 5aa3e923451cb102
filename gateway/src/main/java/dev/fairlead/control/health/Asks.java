package dev.fairlead.control.health;

import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Request;
import java.time.Duration;

/// How the monitor asks a node: one question, and what came of it within the time. Called on virtual threads, many at
/// once.
@FunctionalInterface
public interface Asks {
    /// Blocks until the node has answered, or will not.
    ///
    /// @throws InterruptedException when the answer is no longer wanted
    Told ask(Node node, Request request, Duration timeout) throws InterruptedException;
}
