package dev.fairlead.data.dispatch;

import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.upstream.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sees to it that the pending count of an address, from which wallets take the next nonce, does not leave out what was
/// sent a moment ago: it asks the nodes that took what was sent lately, and the client gets the highest count.
final class CountWatch implements Watch {
    private final Lane lane;
    private final Sends sends;
    private final long address;
    private final Passage passage;
    private final List<NodeId> asked = new ArrayList<>(2);
    private @Nullable Flight from;
    private @Nullable Reply best;
    private long count = -1;

    CountWatch(Lane lane, Sends sends, long address, Passage passage) {
        this.lane = lane;
        this.sends = sends;
        this.address = address;
        this.passage = passage;
    }

    @Override
    public boolean gave(Flight flight, Reply reply) {
        long said = HeadReply.quantity(reply);
        if (said < 0) {
            passage.give(flight, reply);
            return true;
        }
        keep(flight, reply, said);
        asked.add(flight.node().id());
        boolean enough =
                count >= sends.shown(address, window(), lane.now()) && sends.areAllAmong(asked, window(), lane.now());
        if (enough) conclude();
        return enough;
    }

    @Override
    public boolean isEmpty() {
        return best == null;
    }

    @Override
    public void conclude() {
        Reply highest = best;
        Flight its = from;
        best = null;
        if (highest == null || its == null) return;
        sends.show(address, count, window(), lane.now());
        passage.give(its, highest);
    }

    @Override
    public void discard() {
        if (best != null) best.discard();
        best = null;
    }

    private void keep(Flight flight, Reply reply, long said) {
        if (best != null && said <= count) {
            reply.discard();
            return;
        }
        discard();
        from = flight;
        best = reply;
        count = said;
    }

    private long window() {
        Chain chain = passage.roster().chain().chain();
        return Sends.window(chain.probing().blockTime());
    }
}
