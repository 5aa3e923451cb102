package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.Quantity;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Stage;
import dev.fairlead.data.call.Way;
import java.util.function.Consumer;
import java.util.function.Function;

/// Answers `eth_chainId` and `net_version` from the Fleet, once what they say is known. The two may differ: on Ethereum
/// Classic, chain 61, `net_version` is 1.
final class Constants implements Stage {
    private final Board<Fleet> fleet;

    Constants(Board<Fleet> fleet) {
        this.fleet = fleet;
    }

    @Override
    public void take(Call call, Way onward, Consumer<Answer> back) {
        switch (call.request().method()) {
            case "eth_chainId" -> answer(call, onward, back, Constants::chainId);
            case "net_version" -> answer(call, onward, back, ChainState::networkId);
            default -> onward.take(call, back);
        }
    }

    private static String chainId(ChainState chain) {
        return chain.learnedId() == 0 ? "" : Quantity.print(chain.learnedId());
    }

    private void answer(Call call, Way onward, Consumer<Answer> back, Function<ChainState, String> constant) {
        ChainState chain = fleet.now().chain(call.chain());
        String known = chain == null ? "" : constant.apply(chain);
        if (known.isEmpty()) onward.take(call, back);
        else back.accept(new Answer.Known(Slice.of('"' + known + '"')));
    }
}
