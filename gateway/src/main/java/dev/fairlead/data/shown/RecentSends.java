package dev.fairlead.data.shown;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.fleet.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Which nodes took the transactions that were sent on a chain lately, and which pending counts clients were shown: for
/// about two block times a node that was not told of them gives counts that are too low. Bounded, without locks.
public final class RecentSends {
    private static final int MOST = 32;
    private static final int COUNTS = 1024;
    private static final Duration SHORTEST = Duration.ofSeconds(4);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final AtomicReference<List<Send>> newest = new AtomicReference<>(List.of());
    private final AtomicReferenceArray<@Nullable Count> counts = new AtomicReferenceArray<>(COUNTS);

    private record Send(long key, long at, List<NodeId> holders) {
        boolean isHeldBy(NodeId node) {
            return holders.contains(node);
        }
    }

    private record Count(long address, long count, long at) {}

    /// Nanoseconds after which every node should know the transaction, or a block should have it.
    public static long window(Duration blockTime) {
        Duration two = blockTime.multipliedBy(2);
        if (two.compareTo(SHORTEST) < 0) return SHORTEST.toNanos();
        return two.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : two.toNanos();
    }

    /// A node took the transaction of that hash, as the first or one of several.
    public void took(String hash, NodeId node, long now) {
        long key = HexKey.ofHash(hash);
        newest.updateAndGet(before -> with(before, key, node, now));
    }

    /// Whether the order in which nodes are asked depends on what was sent.
    public static boolean decideOn(BlockRef named) {
        return named == BlockRef.Tag.PENDING;
    }

    /// How many of the transactions that were sent lately that node took.
    public int taken(NodeId node, long window, long now) {
        return taken(recent(), node, window, now);
    }

    /// The nodes with those first that took most of what was sent lately; null when nothing was sent.
    @Nullable
    public Comparator<NodeId> mostTakenFirst(long window, long now) {
        List<Send> recent = recent();
        if (recent.isEmpty() || isOver(recent.getFirst(), window, now)) return null;
        return (one, other) -> Integer.compare(taken(recent, other, window, now), taken(recent, one, window, now));
    }

    /// Whether each transaction that was sent lately was taken by one of these nodes.
    public boolean areAllAmong(Collection<NodeId> nodes, long window, long now) {
        for (Send send : recent()) {
            if (isOver(send, window, now)) return true;
            if (nodes.stream().noneMatch(send::isHeldBy)) return false;
        }
        return true;
    }

    /// The pending count of an address that a client was shown lately; -1 for none.
    public long shown(long address, long window, long now) {
        Count last = counts.get(slot(address));
        return last == null || last.address != address || now - last.at > window ? -1 : last.count;
    }

    public void show(long address, long count, long window, long now) {
        if (count >= shown(address, window, now)) counts.set(slot(address), new Count(address, count, now));
    }

    private static List<Send> with(List<Send> before, long key, NodeId node, long now) {
        var after = new ArrayList<Send>(Math.min(before.size() + 1, MOST));
        var holders = new ArrayList<NodeId>(List.of(node));
        long at = now;
        for (Send send : before) {
            if (send.key != key) continue;
            at = send.at;
            if (send.isHeldBy(node)) return before;
            holders.addAll(send.holders);
        }
        after.add(new Send(key, at, List.copyOf(holders)));
        for (Send send : before) {
            if (send.key != key && after.size() < MOST) after.add(send);
        }
        return List.copyOf(after);
    }

    private List<Send> recent() {
        return Objects.requireNonNull(newest.get());
    }

    private static int taken(List<Send> recent, NodeId node, long window, long now) {
        int taken = 0;
        for (Send send : recent) {
            if (!isOver(send, window, now) && send.isHeldBy(node)) taken++;
        }
        return taken;
    }

    private static boolean isOver(Send send, long window, long now) {
        return now - send.at > window;
    }

    private static int slot(long key) {
        return (int) key & (COUNTS - 1);
    }
}
