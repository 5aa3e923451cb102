package dev.fairlead.core.net;

import io.netty.util.collection.LongObjectHashMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A queue in which clients take turns: addresses among each other, and the connections of one address among
/// each other; what one connection brings is first in, first out. So no client waits behind all that another
/// one has brought. Not thread-safe.
///
/// Small calls come here wherever more clients call than there are connections to a node, so the inner queues
/// are reused.
public final class FairQueue<E> {
    private static final int KEPT = 128;

    /// The last one stays when it is empty, because it is mostly the next one to be used.
    private final Map<String, OfAddress<E>> addresses = new HashMap<>();
    private final LongObjectHashMap<OfConnection<E>> connections = new LongObjectHashMap<>();
    private final ArrayDeque<OfAddress<E>> turns = new ArrayDeque<>();
    private final ArrayDeque<OfConnection<E>> unused = new ArrayDeque<>();
    private int size;

    private static final class OfAddress<E> {
        private final String address;
        private final ArrayDeque<OfConnection<E>> turns = new ArrayDeque<>();
        private int size;

        OfAddress(String address) {
            this.address = address;
        }
    }

    private static final class OfConnection<E> {
        private final ArrayDeque<E> line = new ArrayDeque<>(1);
        private long connection;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public void add(Peer peer, E one) {
        OfAddress<E> own = addresses.get(peer.address());
        if (own == null) own = begin(peer.address());
        OfConnection<E> connection = connections.get(peer.connection());
        if (connection == null) connection = begin(own, peer.connection());
        connection.line.addLast(one);
        if (own.size++ == 0) turns.addLast(own);
        size++;
    }

    public @Nullable E poll() {
        OfAddress<E> own = turns.pollFirst();
        if (own == null) return null;
        OfConnection<E> connection = own.turns.removeFirst();
        E one = connection.line.removeFirst();
        if (connection.line.isEmpty()) end(connection);
        else own.turns.addLast(connection);
        size--;
        if (--own.size > 0) turns.addLast(own);
        else end(own);
        return one;
    }

    public boolean remove(Peer peer, E one) {
        OfAddress<E> own = addresses.get(peer.address());
        OfConnection<E> connection = connections.get(peer.connection());
        if (own == null || connection == null || !connection.line.remove(one)) return false;
        removed(own, connection);
        return true;
    }

    /// Makes room for one more of `peer`, if another client would still have more here than `peer` then has.
    ///
    /// @return the newest entry of the client that has most here, which is removed; null when `peer` itself
    /// has its share
    public @Nullable E giveWay(Peer peer) {
        if (size == 0) return null;
        OfAddress<E> own = addresses.get(peer.address());
        int addressed = turns.size() + (own == null ? 1 : 0);
        if (((own == null ? 0 : own.size) + 1L) * addressed <= size) return newest(busiest());
        if (own == null) return null;
        OfConnection<E> connection = connections.get(peer.connection());
        int connected = own.turns.size() + (connection == null ? 1 : 0);
        boolean less = ((connection == null ? 0 : connection.line.size()) + 1L) * connected <= own.size;
        return less ? newest(own) : null;
    }

    /// Removes and returns the newest entry of the client that has most here; null when nothing waits.
    public @Nullable E pushOut() {
        return size == 0 ? null : newest(busiest());
    }

    public List<E> all() {
        List<E> all = new ArrayList<>(size);
        for (OfAddress<E> own : turns) {
            for (OfConnection<E> connection : own.turns) all.addAll(connection.line);
        }
        return all;
    }

    public void clear() {
        addresses.clear();
        connections.clear();
        turns.clear();
        size = 0;
    }

    private OfAddress<E> begin(String address) {
        if (size == 0) addresses.clear();
        var own = new OfAddress<E>(address);
        addresses.put(address, own);
        return own;
    }

    private OfConnection<E> begin(OfAddress<E> own, long number) {
        OfConnection<E> kept = unused.pollLast();
        OfConnection<E> connection = kept == null ? new OfConnection<>() : kept;
        connection.connection = number;
        connections.put(number, connection);
        own.turns.addLast(connection);
        return connection;
    }

    private void end(OfAddress<E> own) {
        if (size > 0) addresses.remove(own.address);
    }

    private void end(OfConnection<E> connection) {
        connections.remove(connection.connection);
        if (unused.size() < KEPT) unused.addLast(connection);
    }

    private OfAddress<E> busiest() {
        OfAddress<E> busiest = turns.getFirst();
        for (OfAddress<E> own : turns) {
            if (own.size > busiest.size) busiest = own;
        }
        return busiest;
    }

    private E newest(OfAddress<E> own) {
        OfConnection<E> busiest = own.turns.getFirst();
        for (OfConnection<E> connection : own.turns) {
            if (connection.line.size() > busiest.line.size()) busiest = connection;
        }
        E newest = busiest.line.removeLast();
        removed(own, busiest);
        return newest;
    }

    private void removed(OfAddress<E> own, OfConnection<E> connection) {
        size--;
        own.size--;
        if (connection.line.isEmpty()) {
            own.turns.remove(connection);
            end(connection);
        }
        if (own.size > 0) return;
        turns.remove(own);
        end(own);
    }
}
