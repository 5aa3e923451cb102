package dev.fairlead.data.dispatch;

import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Stage;
import dev.fairlead.data.call.Way;
import java.util.function.Consumer;

/// The last stage: puts each call to the nodes until there is an answer or the deadline. The story of one call is a
/// [Passage]; this only begins it. One for each event loop.
final class Failover implements Stage {
    private final Lane lane;

    Failover(Lane lane) {
        this.lane = lane;
    }

    @Override
    public void take(Call call, Way onward, Consumer<Answer> back) {
        Roster roster = lane.roster(call.chain());
        if (roster == null) back.accept(Refusals.noSuchChain(call.chain()));
        else new Passage(lane, roster, call, back).begin();
    }
}
