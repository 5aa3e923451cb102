package dev.fairlead.core.upstream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The calls that wait for a connection of one pool, by [Turns]; those of bounded methods in a line of their own, so
/// that nobody else waits behind them. When both lines may go on, they take turns too.
final class WaitingCalls {
    private final BoundedMethods methods;
    private final Turns<Exchange> usual = new Turns<>();
    private final Turns<Exchange> bounded = new Turns<>();
    private boolean boundedIsNext;

    WaitingCalls(BoundedMethods methods) {
        this.methods = methods;
    }

    int usual() {
        return usual.size();
    }

    int bounded() {
        return bounded.size();
    }

    int size() {
        return usual.size() + bounded.size();
    }

    boolean isEmpty() {
        return usual.isEmpty() && bounded.isEmpty();
    }

    boolean isBounded(Exchange call) {
        return methods.has(call.method());
    }

    void add(Exchange call) {
        (isBounded(call) ? bounded : usual).add(call.peer(), call);
    }

    boolean remove(Exchange call) {
        return usual.remove(call.peer(), call) || bounded.remove(call.peer(), call);
    }

    /// @param openToBounded whether calls of bounded methods may take one more connection
    @Nullable
    Exchange poll(boolean openToBounded) {
        boolean turn = openToBounded && !bounded.isEmpty() && (boundedIsNext || usual.isEmpty());
        boundedIsNext = !turn;
        return turn ? bounded.poll() : usual.poll();
    }

    /// Other methods are bounded now.
    void sort() {
        List<Exchange> all = all();
        clear();
        all.forEach(this::add);
    }

    void clear() {
        usual.clear();
        bounded.clear();
    }

    List<Exchange> all() {
        List<Exchange> all = new ArrayList<>(usual.all());
        all.addAll(bounded.all());
        return all;
    }
}
