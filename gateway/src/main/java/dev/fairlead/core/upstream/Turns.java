package dev.fairlead.core.upstream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What waits, in turns: addresses take turns, of one address its connections, and of one connection the first comes
/// first. So nobody waits behind all that another one has brought. Not thread-safe.
public final class Turns<E> {
    private final LinkedHashMap<String, OfAddress<E>> addresses = new LinkedHashMap<>();
    private int size;

    private static final class OfAddress<E> {
        private final LinkedHashMap<Long, Deque<E>> connections = new LinkedHashMap<>();
        private int size;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public void add(Peer peer, E one) {
        OfAddress<E> own = addresses.computeIfAbsent(peer.address(), _ -> new OfAddress<>());
        own.connections
                .computeIfAbsent(peer.connection(), _ -> new ArrayDeque<>())
                .addLast(one);
        own.size++;
        size++;
    }

    public @Nullable E poll() {
        Map.Entry<String, OfAddress<E>> address = addresses.pollFirstEntry();
        if (address == null) return null;
        OfAddress<E> own = address.getValue();
        Map.Entry<Long, Deque<E>> connection = own.connections.pollFirstEntry();
        E one = connection.getValue().removeFirst();
        if (!connection.getValue().isEmpty()) own.connections.putLast(connection.getKey(), connection.getValue());
        own.size--;
        size--;
        if (own.size > 0) addresses.putLast(address.getKey(), own);
        return one;
    }

    public boolean remove(Peer peer, E one) {
        OfAddress<E> own = addresses.get(peer.address());
        Deque<E> queue = own == null ? null : own.connections.get(peer.connection());
        if (own == null || queue == null || !queue.remove(one)) return false;
        removed(peer.address(), own, peer.connection(), queue);
        return true;
    }

    /// Makes room for one more of `peer`, where somebody else has more than that would make.
    ///
    /// @return the newest of whoever has most, which is taken out, or null when `peer` has its share
    public @Nullable E giveWay(Peer peer) {
        OfAddress<E> own = addresses.get(peer.address());
        int addressed = addresses.size() + (own == null ? 1 : 0);
        if (((own == null ? 0 : own.size) + 1L) * addressed <= size) return newest(busiestAddress());
        if (own == null) return null;
        Deque<E> queue = own.connections.get(peer.connection());
        int connected = own.connections.size() + (queue == null ? 1 : 0);
        boolean less = ((queue == null ? 0 : queue.size()) + 1L) * connected <= own.size;
        return less ? newest(peer.address()) : null;
    }

    public List<E> all() {
        List<E> all = new ArrayList<>(size);
        for (OfAddress<E> each : addresses.values()) each.connections.values().forEach(all::addAll);
        return all;
    }

    public void clear() {
        addresses.clear();
        size = 0;
    }

    private String busiestAddress() {
        String busiest = addresses.firstEntry().getKey();
        int most = 0;
        for (Map.Entry<String, OfAddress<E>> each : addresses.entrySet()) {
            if (each.getValue().size <= most) continue;
            busiest = each.getKey();
            most = each.getValue().size;
        }
        return busiest;
    }

    private @Nullable E newest(String address) {
        OfAddress<E> own = addresses.get(address);
        if (own == null) return null;
        Map.Entry<Long, Deque<E>> busiest = own.connections.firstEntry();
        for (Map.Entry<Long, Deque<E>> each : own.connections.entrySet()) {
            if (each.getValue().size() > busiest.getValue().size()) busiest = each;
        }
        E newest = busiest.getValue().removeLast();
        removed(address, own, busiest.getKey(), busiest.getValue());
        return newest;
    }

    private void removed(String address, OfAddress<E> own, long connection, Deque<E> queue) {
        own.size--;
        size--;
        if (queue.isEmpty()) own.connections.remove(connection);
        if (own.size == 0) addresses.remove(address);
    }
}
