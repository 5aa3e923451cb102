package dev.fairlead.control.probe;

import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Request;
import java.time.Duration;

/// How the monitor asks a node: one question, and its result within a time. Called on virtual threads, many at
/// once.
@FunctionalInterface
public interface NodeQueries {
    /// Blocks until the node has answered, or will not.
    ///
    /// @throws InterruptedException when the answer is no longer wanted
    ProbeAnswer ask(Node node, Request request, Duration timeout) throws InterruptedException;
}
