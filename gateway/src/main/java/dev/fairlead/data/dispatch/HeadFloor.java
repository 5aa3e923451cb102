package dev.fairlead.data.dispatch;

import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Head;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The [Floor] of one chain, shared by all event loops.
final class HeadFloor {
    private final AtomicReference<Floor> floor = new AtomicReference<>(Floor.NONE);

    /// -1 while nobody was told anything.
    long number() {
        return now().number();
    }

    Floor.Height height(long head, Chain chain, long now) {
        return now().height(
                        head, now, chain.tolerance().ahead(), chain.probing().blockTime());
    }

    void served(long head) {
        if (head > number()) floor.updateAndGet(before -> before.served(head));
    }

    void measured(@Nullable Head head, Chain chain, long now) {
        long number = head == null ? -1 : head.number();
        var patience = Floor.patience(chain.probing().blockTime());
        floor.updateAndGet(before -> before.measured(number, now, patience));
    }

    private Floor now() {
        return Objects.requireNonNull(floor.get());
    }
}
