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
    private final ChainTraffic traffic;
    private final HeadFloor floor;

    Shown(Lane lane, ChainTraffic traffic) {
        this.lane = lane;
        this.traffic = traffic;
        this.floor = traffic.floor();
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
        if (!HeadReply.isSomething(reply)) return;
        Showing showing = Showing.of(method.name());
        long now = lane.now();
        boolean isOther = showing.isOfHashes() && !(errand instanceof Errand.Lookup);
        if (isOther) traffic.opinions().insideShown(chain.probing().blockTime(), now);
        if (named == BlockRef.Tag.PENDING) return;
        Sighting sighting = lane.sighting();
        long number = sighting.look(showing, reply) ? sighting.number() : ShownHashes.NO_BLOCK;
        if (number >= 0 && !floor.showed(number, chain, now)) return;
        if (number >= 0) from.node().showed(number, now);
        if (number >= 0) floor.hashes().shown(sighting.hash(), number);
        if (errand instanceof Errand.Lookup(var key, var _)) noteFound(key, number);
        if (denial != null && number >= 0)
            denial.contradicted(number, chain.tolerance().blocks(), now);
    }

    private void noteFound(long key, long number) {
        if (number >= 0) floor.hashes().shown(key, number);
        else floor.hashes().pending(key, floor.newestKnown());
    }
}
