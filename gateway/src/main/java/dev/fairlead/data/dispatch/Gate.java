package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.Method.Offer;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Stage;
import dev.fairlead.data.call.Way;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Refuses what is not put to nodes: orders to a node, subscriptions without a stream, and what one node would keep for
/// the next call where another may get that.
final class Gate implements Stage {
    private final Lane lane;

    Gate(Lane lane) {
        this.lane = lane;
    }

    @Override
    public void take(Call call, Way onward, Consumer<Answer> back) {
        Method method = call.method();
        if (method.offer() == Offer.ANY_NODE) {
            onward.take(call, back);
            return;
        }
        Roster roster = lane.roster(call.chain());
        Refused refused = roster == null ? null : refusal(method, roster.seats(method.name()));
        if (refused == null) onward.take(call, back);
        else back.accept(refused);
    }

    /// @param seats the nodes of the method's group
    static @Nullable Refused refusal(Method method, Seats seats) {
        return switch (method.offer()) {
            case ANY_NODE -> null;
            case SOLE_NODE -> seats.areOfOneNode() ? null : Refusals.needsSoleNode(method.name());
            case STREAM -> Refusals.needsStream(method.name());
            case NEVER -> Refusals.forOperators(method.name());
        };
    }
}
