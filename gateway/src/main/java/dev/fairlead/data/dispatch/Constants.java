package dev.fairlead.data.dispatch;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Stage;
import dev.fairlead.data.call.Way;
import java.util.function.Consumer;

/// Answers `eth_chainId` and `net_version` from the Fleet, once the chain's id is known.
final class Constants implements Stage {
    private final Board<Fleet> fleet;

    Constants(Board<Fleet> fleet) {
        this.fleet = fleet;
    }

    @Override
    public void take(Call call, Way onward, Consumer<Answer> back) {
        switch (call.request().method()) {
            case "eth_chainId" -> answer(call, onward, back, 16);
            case "net_version" -> answer(call, onward, back, 10);
            default -> onward.take(call, back);
        }
    }

    private void answer(Call call, Way onward, Consumer<Answer> back, int radix) {
        ChainState chain = fleet.now().chain(call.chain());
        if (chain == null || chain.learnedId() == 0) onward.take(call, back);
        else back.accept(new Answer.Known(Slice.of(quoted(chain.learnedId(), radix))));
    }

    private static String quoted(long id, int radix) {
        return '"' + (radix == 16 ? "0x" : "") + Long.toString(id, radix) + '"';
    }
}
