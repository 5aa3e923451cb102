package dev.fairlead.core.fleet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/// Holds one immutable value for everybody to read: one writer, any number of readers, one volatile load each.
public final class Board<T> {
    private final List<Consumer<T>> readers = new CopyOnWriteArrayList<>();
    private volatile T now;

    public Board(T first) {
        this.now = first;
    }

    public T now() {
        return now;
    }

    /// Replaces the value and tells every reader, on the writer's thread, in the order in which the readers
    /// came.
    public void publish(T next) {
        now = next;
        for (Consumer<T> reader : readers) reader.accept(next);
    }

    /// A board that shows a part of this board's value.
    public <P> Board<P> part(Function<? super T, ? extends P> part) {
        var board = new Board<P>(part.apply(now));
        onPublish(next -> board.publish(part.apply(next)));
        return board;
    }

    /// Tells `reader` of every value from now on; it must not block.
    public void onPublish(Consumer<T> reader) {
        readers.add(reader);
    }
}
