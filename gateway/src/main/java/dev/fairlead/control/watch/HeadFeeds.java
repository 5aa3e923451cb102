package dev.fairlead.control.watch;

import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Slice;

/// Opens the `newHeads` subscription of nodes that have a WebSocket URL.
public interface HeadFeeds {
    /// No node pushes anything.
    HeadFeeds NONE = (_, _) -> () -> {};

    /// Returns at once. The feed connects by itself; the caller opens it again when it is lost.
    Feed open(Node node, Listener listener);

    interface Feed extends AutoCloseable {
        /// Returns at once; the listener may still be told what was on its way.
        @Override
        void close();
    }

    /// Called from any thread; returns quickly.
    interface Listener {
        /// @param header raw JSON of the block header that the node pushed
        void head(Slice header);

        /// The feed could not be opened, or has ended. Told at most once.
        void lost(String cause);
    }
}
