package dev.fairlead.control.watch;

import dev.fairlead.control.probe.ProbeReader;
import dev.fairlead.control.probe.SeenBlock;
import dev.fairlead.control.watch.HeadFeeds.Feed;
import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.fault.Backoff;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Slice;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens to the heads that a node pushes. When a feed ends, the node is probed at once; a feed that stays
/// silent while probes see new blocks is closed. Both are opened again after pauses that grow; nothing else
/// opens a feed.
final class HeadListener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger("fairlead.fleet");
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    /// How many probes may see a block that the feed has not shown before it counts as deaf.
    private static final int MISSED = 3;

    private final HeadFeeds headFeeds;
    private final Consumer<SeenBlock> heads;
    private final Runnable lost;
    private final LongSupplier clock;
    private @Nullable Listening listening;
    private int failures;
    private long notBefore;
    private long probed = -1;
    private boolean closed;
    /// The cause that was logged last: a feed that is lost again and again for the same reason is logged once.
    private @Nullable String told;

    /// @param heads gets every pushed head
    /// @param lost called when an open feed ended
    /// @param clock `System.nanoTime()`
    HeadListener(HeadFeeds headFeeds, Consumer<SeenBlock> heads, Runnable lost, LongSupplier clock) {
        this.headFeeds = headFeeds;
        this.clock = clock;
        this.notBefore = clock.getAsLong();
        this.heads = heads;
        this.lost = lost;
    }

    /// Called after each probe that saw a block: opens the feed if it should be open, and closes one that has
    /// gone silent.
    synchronized void listen(Node node, SeenBlock seen) {
        boolean moved = seen.number() > probed;
        probed = seen.number();
        Listening now = listening;
        if (now != null) {
            if (moved && seen.number() > now.pushed) now.missed++;
            if (now.missed >= MISSED) end(now);
        } else if (!closed && node.endpoint().ws() != null && clock.getAsLong() - notBefore >= 0) {
            open(node);
        }
    }

    private void open(Node node) {
        var next = new Listening(node);
        listening = next;
        try {
            Feed feed = headFeeds.open(node, next);
            next.feed = feed;
            if (listening != next) feed.close();
        } catch (RejectedExecutionException _) { // the gateway is shutting down
            end(next);
        } catch (RuntimeException | Error fault) {
            end(next);
            throw fault;
        }
    }

    /// The node moved to another address: the old feed is closed, and the new one may be opened at once.
    synchronized void restart() {
        Listening now = listening;
        if (now != null) end(now);
        notBefore = clock.getAsLong();
        failures = 0;
        probed = -1;
    }

    private boolean end(Listening gone) {
        if (listening != gone) return false;
        listening = null;
        if (gone.feed != null) gone.feed.close();
        failures++;
        notBefore = clock.getAsLong() + PAUSES.nanos(failures);
        return true;
    }

    private synchronized boolean ended(Listening gone, String cause) {
        if (!end(gone) || closed) return false;
        if (!cause.equals(told))
            log.atInfo().addKeyValue("node", gone.node.id()).log("head feed lost: {}", cause);
        told = cause;
        return true;
    }

    private synchronized boolean heard(Listening from, SeenBlock block) {
        if (listening != from) return false;
        from.pushed = Math.max(from.pushed, block.number());
        from.missed = 0;
        failures = 0;
        return true;
    }

    @Override
    public synchronized void close() {
        closed = true;
        Listening now = listening;
        if (now != null) end(now);
    }

    private final class Listening implements HeadFeeds.Listener {
        private final Node node;
        private @Nullable Feed feed;
        private long pushed = -1;
        private int missed;

        Listening(Node node) {
            this.node = node;
        }

        @Override
        public void head(Slice header) {
            ProbeReader.block(header)
                    .filter(block -> BlockNumber.isPossible(block.number()))
                    .filter(block -> heard(this, block))
                    .ifPresent(heads);
        }

        @Override
        public void lost(String cause) {
            if (ended(this, cause)) lost.run();
        }
    }
}
