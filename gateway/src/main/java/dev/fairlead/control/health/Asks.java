package dev.fairlead.control.health;

import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Request;
import java.time.Duration;

/// How the monitor asks a node: one question, and what came of it within the time. Blocks; called on virtual threads,
/// many at once, and interrupted when the answer is no longer wanted.
@FunctionalInterface
public interface Asks {
    Told ask(Node node, Request request, Duration timeout);
}
