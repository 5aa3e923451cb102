package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.Showing;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.upstream.Reply;
import org.jspecify.annotations.Nullable;

/// Remembers what the answers show that go to clients: a block lifts the floor, and what was found by its hash is not
/// said to be missing afterwards.
final class Shown {
    private final Lane lane;
    private final HeadFloor floor;

    Shown(Lane lane, HeadFloor floor) {
        this.lane = lane;
        this.floor = floor;
    }

    static boolean isOf(Method method, Errand errand) {
        return errand instanceof Errand.Lookup || Showing.of(method.name()) != Showing.NOTHING;
    }

    /// @param reply a result that goes to a client
    /// @param denial what other nodes said before, or null
    void note(
            Method method,
            Errand errand,
            BlockRef named,
            Chain chain,
            Flight from,
            Reply reply,
            @Nullable Denial denial) {
        if (named == BlockRef.Tag.PENDING || !HeadReply.isSomething(reply)) return;
        Sighting sighting = lane.sighting();
        long number = sighting.look(Showing.of(method.name()), reply) ? sighting.number() : ShownHashes.NO_BLOCK;
        long now = lane.now();
        if (number >= 0 && !floor.showed(number, chain, now)) return;
        if (number >= 0) from.node().showed(number, now);
        if (number >= 0) floor.hashes().shown(sighting.hash(), number);
        if (errand instanceof Errand.Lookup(var key, var _)) floor.hashes().shown(key, number);
        if (denial != null && number >= 0)
            denial.contradicted(number, chain.tolerance().blocks(), now);
    }
}
