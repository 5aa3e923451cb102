package dev.fairlead.core.upstream;

import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.net.FairQueue;
import dev.fairlead.core.net.Peer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The calls that wait for a connection of one pool, by [FairQueue]; calls of bounded methods in a queue of
/// their own, and slow calls in another, so that no other call waits behind them. When several queues may go
/// on, they take turns too.
final class WaitingCalls {
    private static final int LINES = 3;

    private final UnreadReplyMethods methods;
    private final FairQueue<UpstreamRequest> usual = new FairQueue<>();
    private final FairQueue<UpstreamRequest> slow = new FairQueue<>();
    private final FairQueue<UpstreamRequest> bounded = new FairQueue<>();
    /// In all three queues.
    private int size;

    private int turn;

    WaitingCalls(UnreadReplyMethods methods) {
        this.methods = methods;
    }

    int usual() {
        return usual.size();
    }

    int slow() {
        return slow.size();
    }

    int bounded() {
        return bounded.size();
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isBounded(UpstreamRequest call) {
        return methods.has(call.method());
    }

    static boolean isSlow(String method) {
        return MethodTable.of(method).mayTakeLong();
    }

    void add(UpstreamRequest call) {
        line(call).add(call.peer(), call);
        size++;
    }

    private FairQueue<UpstreamRequest> line(UpstreamRequest call) {
        if (isBounded(call)) return bounded;
        return isSlow(call.method()) ? slow : usual;
    }

    boolean remove(UpstreamRequest call) {
        Peer peer = call.peer();
        boolean waited = usual.remove(peer, call) || slow.remove(peer, call) || bounded.remove(peer, call);
        if (waited) size--;
        return waited;
    }

    /// @param openToSlow whether calls that may take long may take one more connection
    /// @param openToBounded whether calls of bounded methods may
    @Nullable
    UpstreamRequest poll(boolean openToSlow, boolean openToBounded) {
        for (int i = 0; i < LINES; i++) {
            turn = (turn + 1) % LINES;
            UpstreamRequest next = switch (turn) {
                case 0 -> usual.poll();
                case 1 -> openToSlow ? slow.poll() : null;
                default -> openToBounded ? bounded.poll() : null;
            };
            if (next != null) {
                size--;
                return next;
            }
        }
        return null;
    }

    /// The set of bounded methods has changed.
    void sort() {
        List<UpstreamRequest> all = all();
        clear();
        all.forEach(this::add);
    }

    void clear() {
        usual.clear();
        slow.clear();
        bounded.clear();
        size = 0;
    }

    List<UpstreamRequest> all() {
        List<UpstreamRequest> all = new ArrayList<>(usual.all());
        all.addAll(slow.all());
        all.addAll(bounded.all());
        return all;
    }
}
